package com.example;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.security.KeyPair;
import java.util.Iterator;
import java.util.List;
import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.config.keys.PublicKeyEntry;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.common.keyprovider.KeyPairProvider;
import org.apache.sshd.common.util.buffer.Buffer;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.sftp.server.DirectoryHandle;
import org.apache.sshd.sftp.server.SftpFileSystemAccessor;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.apache.sshd.sftp.server.SftpSubsystemProxy;

/** An SFTP server on a free port that lists its files under any names, and gives and takes them under these names. */
final class HostileSftpServer implements AutoCloseable {

    static final String USER = LocalSftpServer.USER;
    static final String PASSWORD = LocalSftpServer.PASSWORD;

    // one for RSA would take a second to find
    private final KeyPair key = KeyUtils.generateKeyPair(KeyPairProvider.ECDSA_SHA2_NISTP256, 256);
    private final SshServer server = SshServer.setUpDefaultServer();
    private final StrangeFiles files;

    HostileSftpServer(Path home) throws Exception {
        files = new StrangeFiles(home);
        SftpSubsystemFactory sftp = new SftpSubsystemFactory();
        sftp.setFileSystemAccessor(new Names());
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(KeyPairProvider.wrap(key));
        server.setPasswordAuthenticator((name, password, session) -> USER.equals(name) && PASSWORD.equals(password));
        server.setSubsystemFactories(List.of(sftp));
        server.setFileSystemFactory(new VirtualFileSystemFactory(home));
        server.start();
    }

    /** Adds a file that is listed under exactly this name. */
    HostileSftpServer put(String folder, String name, byte[] content) throws IOException {
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

    String address() {
        return "127.0.0.1:" + server.getPort();
    }

    /** Writes the file by which a client knows it. */
    Path knownHosts(Path file) throws IOException {
        return Files.writeString(
                file, "[127.0.0.1]:" + server.getPort() + " " + PublicKeyEntry.toString(key.getPublic()) + "\n");
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }

    /** Between the names in the protocol and the real files. */
    private final class Names implements SftpFileSystemAccessor {

        @Override
        public Path resolveLocalFilePath(SftpSubsystemProxy subsystem, Path root, String path) {
            return root.resolve(files.home().relativize(files.at(path)).toString());
        }

        @Override
        public DirectoryStream<Path> openDirectory(
                SftpSubsystemProxy subsystem, DirectoryHandle handle, Path folder, String name, LinkOption... options)
                throws IOException {
            List<Path> sorted =
                    files
                            .children(files.home()
                                    .resolve(folder.getRoot().relativize(folder).toString()))
                            .stream()
                            .map(file -> folder.resolve(file.getFileName().toString()))
                            .toList();
            return new Listing(sorted);
        }

        @Override
        public void putRemoteFileName(
                SftpSubsystemProxy subsystem, Path file, Buffer out, String name, boolean shortName) {
            String local = file.getFileName() == null ? "" : file.getFileName().toString();
            // the long name is a whole line, which ends with the short one
            boolean strange = !local.isEmpty() && name.endsWith(local);
            out.putString(strange ? name.substring(0, name.length() - local.length()) + files.listed(local) : name);
        }
    }

    private record Listing(List<Path> files) implements DirectoryStream<Path> {

        @Override
        public Iterator<Path> iterator() {
            return files.iterator();
        }

        @Override
        public void close() {}
    }
}
