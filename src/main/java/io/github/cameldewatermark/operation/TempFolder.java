package io.github.cameldewatermark.operation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.util.FileUtil;

/** The one folder of a component's temp files, made when the first is needed; only its owner can read it. */
public final class TempFolder implements AutoCloseable {

    private Path folder;

    /** A new empty file. */
    synchronized Path newFile() throws IOException {
        if (folder == null || !Files.isDirectory(folder)) {
            folder = Files.createTempDirectory("camel-dewatermark-");
        }
        return Files.createTempFile(folder, "spool-", ".tmp");
    }

    /** Deletes what is left. */
    @Override
    public synchronized void close() {
        if (folder == null) {
            return;
        }
        FileUtil.removeDir(folder.toFile());
        folder = null;
    }
}
