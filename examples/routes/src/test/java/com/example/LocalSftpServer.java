package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

/** An SFTP server over a folder, on a free port. */
final class LocalSftpServer implements AutoCloseable {

    static final String USER = "camel";
    static final String PASSWORD = "p&+%20=s";

    // one for RSA would take a second to find
    private final KeyPair key = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    private final Path home;
    private final int port;
    private SshServer server;

    LocalSftpServer(Path home) throws Exception {
        this.home = home;
        server = serve(0);
        port = server.getPort();
    }

    /** Goes away. */
    void stop() throws IOException {
        server.stop(true);
    }

    /** Comes back where it was, with the same key. */
    void restart() throws IOException {
        server = serve(port);
    }

    private SshServer serve(int where) throws IOException {
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost("127.0.0.1");
        server.setPort(where);
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator((name, password, session) -> USER.equals(name) && PASSWORD.equals(password));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(home));
        server.start();
        return server;
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** Writes the file by which a client knows it. */
    Path knownHosts(Path file) throws IOException {
        return Files.writeString(file, "[127.0.0.1]:" + port + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
