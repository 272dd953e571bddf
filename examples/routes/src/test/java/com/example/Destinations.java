package com.example;

import java.nio.file.Files;
import java.nio.file.Path;

/** The servers that routes with an inbox deliver to: an FTP server, and a bucket named {@code clean}. */
final class Destinations implements AutoCloseable {

    private final LocalFtpServer ftp;
    private final LocalS3 s3;

    Destinations(Path home) throws Exception {
        ftp = LocalFtpServer.start(Files.createDirectories(home));
        s3 = new LocalS3("clean");
    }

    /**
     * Returns a route file that delivers there, and fetches nothing.
     *
     * @param property the property that names the folder with its inbox
     */
    RouteRun run(String file, String property, Path folder) throws Exception {
        return s3.use(new RouteRun(file))
                .with(property, folder)
                .with("toftp.server", ftp.address())
                .with("toftp.username", LocalFtpServer.USER)
                .with("toftp.password", LocalFtpServer.PASSWORD)
                .with("sftp.server", "127.0.0.1:1")
                .with("video.quiet", "100ms");
    }

    @Override
    public void close() throws Exception {
        ftp.close();
        s3.close();
    }
}
