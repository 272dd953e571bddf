package io.github.cameldewatermark.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/** Bytes that are sent or have come back: of known length, and readable any number of times, so that a request can be repeated. */
public interface Content {

    /** Returns the name for messages, such as a file name. */
    String name();

    /** Returns the exact number of bytes. */
    long length();

    /** Returns the file that has exactly this content, {@code null} if there is none. */
    default Path file() {
        return null;
    }

    /** Whether all of it is in the heap. */
    default boolean isInMemory() {
        return false;
    }

    /**
     * Opens a new stream that starts at the first byte; the caller closes it.
     *
     * @throws IOException if the content can't be read (any more)
     */
    InputStream open() throws IOException;

    /**
     * Returns the content of a file, with its current length.
     *
     * @throws IOException if there is no such file
     */
    static Content of(Path file) throws IOException {
        Path name = file.getFileName();
        return new FileContent(name == null ? file.toString() : name.toString(), file, Files.size(file));
    }

    /** Returns the content of an array, which is not copied. */
    static Content of(String name, byte[] bytes) {
        return new BytesContent(name, bytes);
    }

    /** A file. */
    record FileContent(String name, Path file, long length) implements Content {
        @Override
        public InputStream open() throws IOException {
            return Files.newInputStream(file);
        }
    }

    /** An array. */
    record BytesContent(String name, byte[] bytes) implements Content {
        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public boolean isInMemory() {
            return true;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }
}
