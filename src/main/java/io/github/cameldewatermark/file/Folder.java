package io.github.cameldewatermark.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import org.slf4j.LoggerFactory;

/** A folder, here or on a server, in which some bytes are to get a name. Its text form is its path. */
interface Folder extends AutoCloseable {

    /** Whether nothing has this name, or only the same bytes have it. */
    boolean isFree(String name);

    @Override
    default void close() {}

    record Local(Path path, Bytes bytes) implements Folder {

        /**
         * Creates the folder. If consumers left that to Camel, and two of them did it at the same moment, one would fail, and
         * its file would stay where it is and be paid for again.
         */
        static Local created(Path path, Bytes bytes) {
            try {
                Files.createDirectories(path);
            } catch (IOException e) {
                LoggerFactory.getLogger(Local.class).debug("Camel will say what is wrong with {}", path, e);
            }
            return new Local(path, bytes);
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
}
