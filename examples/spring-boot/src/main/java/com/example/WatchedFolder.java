package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The settings of the routes.
 *
 * @param folder has inbox, outbox and failed, which are made if they aren't there
 */
@ConfigurationProperties("watched")
public record WatchedFolder(Path folder) {

    /** Else nobody would notice until the first file, which is paid for by then. */
    public WatchedFolder {
        for (String name : new String[] {"inbox", "outbox", "failed"}) {
            Path inside = folder.resolve(name);
            try {
                Files.createDirectories(inside);
            } catch (IOException e) {
                throw new IllegalArgumentException("watched.folder: " + inside + " can't be made: " + e);
            }
            if (!Files.isWritable(inside)) {
                throw new IllegalArgumentException("watched.folder: " + inside + " can't be written to");
            }
        }
    }
}
