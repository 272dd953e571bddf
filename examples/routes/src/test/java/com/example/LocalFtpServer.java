package com.example;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.ftpserver.FtpServer;
import org.apache.ftpserver.FtpServerFactory;
import org.apache.ftpserver.ftplet.DefaultFtpReply;
import org.apache.ftpserver.ftplet.DefaultFtplet;
import org.apache.ftpserver.ftplet.FtpException;
import org.apache.ftpserver.ftplet.FtpRequest;
import org.apache.ftpserver.ftplet.FtpSession;
import org.apache.ftpserver.ftplet.FtpletResult;
import org.apache.ftpserver.listener.ListenerFactory;
import org.apache.ftpserver.usermanager.impl.BaseUser;
import org.apache.ftpserver.usermanager.impl.WritePermission;

/** An FTP server over a folder, on a free port. */
final class LocalFtpServer implements AutoCloseable {

    static final String USER = "camel";
    /** With what must not be taken for a part of a URI. */
    static final String PASSWORD = "p&+%20=s";

    private final FtpServer server;
    private final int port;
    private final HangUp hangUp;

    private LocalFtpServer(FtpServer server, int port, HangUp hangUp) {
        this.server = server;
        this.port = port;
        this.hangUp = hangUp;
    }

    static LocalFtpServer start(Path home) throws FtpException {
        return start(home, 0);
    }

    static LocalFtpServer start(Path home, int port) throws FtpException {
        ListenerFactory listener = new ListenerFactory();
        listener.setServerAddress("127.0.0.1");
        listener.setPort(port);
        FtpServerFactory factory = new FtpServerFactory();
        factory.addListener("default", listener.createListener());
        BaseUser user = new BaseUser();
        user.setName(USER);
        user.setPassword(PASSWORD);
        user.setHomeDirectory(home.toString());
        user.setAuthorities(List.of(new WritePermission()));
        factory.getUserManager().save(user);
        HangUp hangUp = new HangUp();
        factory.setFtplets(new HashMap<>(Map.of("hangUp", hangUp)));
        FtpServer server = factory.createServer();
        server.start();
        return new LocalFtpServer(server, factory.getListener("default").getPort(), hangUp);
    }

    /** From now on it hangs up when it gets this command, instead of obeying it. */
    void hangUpOn(String command) {
        hangUp.command = command;
    }

    /** Refuses the next such command with this reply. */
    void refuseOnce(String command, int code) {
        hangUp.refusal = new DefaultFtpReply(code, "not now");
        hangUp.refused = command;
    }

    boolean hasHungUp() {
        return hangUp.happened;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    int port() {
        return port;
    }

    @Override
    public void close() {
        server.stop();
    }

    private static final class HangUp extends DefaultFtplet {
        private volatile String command = "";
        private volatile boolean happened;
        private volatile String refused = "";
        private volatile DefaultFtpReply refusal;

        @Override
        public FtpletResult beforeCommand(FtpSession session, FtpRequest request) throws FtpException {
            if (request.getCommand().equalsIgnoreCase(refused)) {
                refused = "";
                session.write(refusal);
                return FtpletResult.SKIP;
            }
            if (!request.getCommand().equalsIgnoreCase(command)) {
                return FtpletResult.DEFAULT;
            }
            happened = true;
            return FtpletResult.DISCONNECT;
        }
    }
}
