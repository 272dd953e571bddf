package io.github.cameldewatermark.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A folder of this machine. */
record LocalFolder(Path path, Bytes bytes) implements Folder {

    private static final Logger LOG = LoggerFactory.getLogger(LocalFolder.class);

    /**
     * Creates the folder. If consumers left that to Camel, and two of them did it at the same moment, one would fail, and its
     * file would stay where it is and be paid for again.
     */
    static LocalFolder created(String path, Bytes bytes) {
        LocalFolder folder = new LocalFolder(Path.of(path), bytes);
        try {
            Files.createDirectories(folder.path);
        } catch (IOException e) {
            LOG.debug("Camel will say what is wrong with {}", path, e);
        }
        return folder;
    }

    @Override
    public boolean isFree(String name) {
        Path file = path.resolve(name);
        return !Files.exists(file, LinkOption.NOFOLLOW_LINKS) || bytes.areIn(file);
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
