package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Takes bytes of unknown number: into memory up to a threshold, beyond it into a temp file. */
final class Spool extends OutputStream {

    /** As much as is kept in memory; the threshold of Camel's own stream caching. */
    static final int THRESHOLD = 128 * 1024;

    private final TempFolder folder;
    private ByteArrayOutputStream memory = new ByteArrayOutputStream();
    private Path file;
    private OutputStream out = memory;

    Spool(TempFolder folder) {
        this.folder = folder;
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (file == null && memory.size() + length > THRESHOLD) {
            toFile();
        }
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Forgets what was written, to be written to anew. */
    void clear() throws IOException {
        if (file == null) {
            memory.reset();
        } else {
            out.close();
            out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    /** Puts bytes in the place of others, which are there already. */
    void overwrite(long position, byte[] bytes) throws IOException {
        if (file == null) {
            byte[] all = memory.toByteArray();
            System.arraycopy(bytes, 0, all, Math.toIntExact(position), bytes.length);
            memory.reset();
            memory.write(all);
        } else {
            try (RandomAccessFile there = new RandomAccessFile(file.toFile(), "rw")) {
                there.seek(position);
                there.write(bytes);
            }
        }
    }

    /** Throws away what was written. */
    void discard() {
        try {
            out.close();
        } catch (IOException e) {
            // it is deleted anyway
        }
        delete();
    }

    /**
     * What was written, to be read any number of times until {@link #delete()}; closes this.
     *
     * @param name what to call it in messages
     */
    Content content(String name) throws IOException {
        close();
        return file == null
                ? Content.of(name, memory.toByteArray())
                : new Content.FileContent(name, file, Files.size(file));
    }

    /** Deletes the temp file, if there is one. */
    void delete() {
        if (file != null) {
            TempFiles.delete(file);
        }
    }

    private void toFile() throws IOException {
        file = folder.newFile();
        out = Files.newOutputStream(file);
        memory.writeTo(out);
        memory = null;
    }
}
