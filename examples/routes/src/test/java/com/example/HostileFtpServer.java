package com.example;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.impl.DefaultFtpHandler;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server on a free port that lists its files under any names, and gives and takes them under these names. */
final class HostileFtpServer implements AutoCloseable {

    static final String USER = LocalFtpServer.USER;
    static final String PASSWORD = LocalFtpServer.PASSWORD;

    private final FtpServerFactory factory = new FtpServerFactory();
    private final List<String> commands = new CopyOnWriteArrayList<>();
    private final StrangeFiles files;
    private final String host;
    private FtpServer server;

    private HostileFtpServer(Path home, String host) throws FtpException {
        this.host = host;
        files = new StrangeFiles(home);
        factory.setFileSystem(user -> new StrangeFtpView(files));
        factory.setFtplets(new HashMap<>(Map.of("commands", new Listener())));
        BaseUser user = new BaseUser();
        user.setName(USER);
        user.setPassword(PASSWORD);
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(user);
    }

    static HostileFtpServer start(Path home) throws FtpException {
        return new HostileFtpServer(home, "127.0.0.1").start();
    }

    /** Where passive mode needs EPSV. */
    static HostileFtpServer startOnIpv6(Path home) throws FtpException {
        return new HostileFtpServer(home, "::1").start();
    }

    /** An old one, which knows no UTF-8. */
    static HostileFtpServer startInLatin1(Path home) throws FtpException {
        HostileFtpServer server = new HostileFtpServer(home, "127.0.0.1");
        server.factory.setCommandFactory(Latin1Ftp.commands());
        return server.start();
    }

    private HostileFtpServer start() throws FtpException {
        answerFeatBeforeTheLogin();
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress(host);
        listener.setPort(0);
        factory.addListener("default", listener.createListener());
        server = factory.createServer();
        server.start();
        return this;
    }

    /** As most servers do, so that a client learns in time that names are UTF-8; Apache's refuses it. */
    private static void answerFeatBeforeTheLogin() {
        try {
            Field allowed = DefaultFtpHandler.class.getDeclaredField("NON_AUTHENTICATED_COMMANDS");
            allowed.setAccessible(true);
            String[] commands = (String[]) allowed.get(null);
            // nobody here protects a connection
            Arrays.asList(commands).replaceAll(command -> command.equals("PBSZ") ? "FEAT" : command);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Adds a file that is listed under exactly this name. */
    HostileFtpServer put(String folder, String name, byte[] content) throws IOException {
        files.put(folder, name, content);
        return this;
    }

    /** The names of the files that it lists. */
    List<String> names(String folder) {
        return files.names(folder);
    }

    byte[] bytes(String folder, String name) throws IOException {
        return files.bytes(folder, name);
    }

    /** All that it was told, line by line. */
    List<String> commands() {
        return commands;
    }

    /** For the host and port in the URI of an endpoint. */
    String address() {
        return (host.contains(":") ? "[" + host + "]" : host) + ":" + port();
    }

    int port() {
        return factory.getListener("default").getPort();
    }

    @Override
    public void close() {
        server.stop();
    }

    private final class Listener extends DefaultFtplet {
        @Override
        public FtpletResult beforeCommand(FtpSession session, FtpRequest request) {
            commands.add(request.getRequestLine());
            return FtpletResult.DEFAULT;
        }
    }
}
