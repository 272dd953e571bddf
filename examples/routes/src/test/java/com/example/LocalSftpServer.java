package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

    private final SshServer server = SshServer.setUpDefaultServer();
    private final String hostKey;

    LocalSftpServer(Path home) throws Exception {
        var key = KeyUtils.generateKeyPair(KeyPairProvider.SSH_RSA, 2048);
        hostKey = PublicKeyEntry.toString(key.getPublic());
        server.setHost("127.0.0.1");
        server.setPort(0);
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator((name, password, session) -> USER.equals(name) && PASSWORD.equals(password));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(home));
        server.start();
    }

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Writes the file by which a client knows it. */
    Path knownHosts(Path file) throws IOException {
        return Files.writeString(file, "[127.0.0.1]:" + server.getPort() + " " + hostKey + "\n");
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
