package io.github.cameldewatermark.file;

import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;

/** A folder of this machine. */
record LocalFolder(Path path, Bytes bytes) implements Folder {

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
