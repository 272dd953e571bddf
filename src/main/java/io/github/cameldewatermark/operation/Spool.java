package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores a stream of unknown length: in the heap share of results or, if that has no room, in a temp file. The creator must
 * call {@link #discard()} or {@link #delete()} at the end.
 */
final class Spool extends OutputStream {

    /** Up to this size, in bytes, a result becomes an array of its own, which lives as long as it is referenced. */
    static final int SMALL = 128 * 1024;

    /** Beyond this size, in bytes, content goes to a file, so that one endless stream can't use up the whole share. */
    private static final int MOST_IN_MEMORY = 16 * 1024 * 1024;

    private static final Logger LOG = LoggerFactory.getLogger(Spool.class);

    private final TempFolder folder;
    private final HeapShare share;
    private HeapBytes memory;
    private Path file;
    private Path link;
    private OutputStream out;

    Spool(TempFolder folder) {
        this(folder, HeapShare.OF_JVM);
    }

    Spool(TempFolder folder, HeapShare share) {
        this.folder = folder;
        this.share = share;
        this.memory = new HeapBytes(share);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        boolean fits = file == null && memory.length() + length <= MOST_IN_MEMORY;
        int taken = fits ? memory.append(bytes, offset, length) : 0;
        if (taken < length) {
            if (file == null) {
                toFile();
            }
            out.write(bytes, offset + taken, length - taken);
        }
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }

    /** Drops what was written, so that writing can start again. */
    void clear() throws IOException {
        if (file == null) {
            memory.free();
            memory = new HeapBytes(share);
        } else {
            out.close();
            out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    /** Replaces bytes that were written before. */
    void overwrite(long position, byte[] bytes) throws IOException {
        if (file == null) {
            memory.overwrite(position, bytes);
        } else {
            try (RandomAccessFile there = new RandomAccessFile(file.toFile(), "rw")) {
                there.seek(position);
                there.write(bytes);
            }
        }
    }

    /** Closes this spool and deletes what was written. */
    void discard() {
        try {
            close();
        } catch (IOException e) {
            // ignored, because the file is deleted anyway
        }
        delete();
    }

    /**
     * Closes this spool and returns what was written, which can be read any number of times until {@link #delete()}.
     *
     * @param name the name of the content, for messages
     */
    Content content(String name) throws IOException {
        close();
        return file == null ? memory.content(name) : new Content.FileContent(name, file, Files.size(file));
    }

    /** Returns the file store of the temp file. */
    FileStore store() throws IOException {
        return Files.getFileStore(file);
    }

    /**
     * Returns a hard link to the temp file that the caller may move, while the temp file itself stays. There is only one link:
     * two moved files would share their content, so that changing one would change the other.
     *
     * @return {@code null} if the link has been moved already, or links aren't supported
     */
    synchronized Path link() {
        if (link == null && file != null) {
            link = file.resolveSibling(file.getFileName() + ".link");
            try {
                Files.createLink(link, file);
            } catch (IOException | UnsupportedOperationException e) {
                LOG.debug("{} has to be copied, as it can't be linked", file, e);
            }
        }
        return link != null && Files.exists(link) ? link : null;
    }

    /** Returns the path of a file that doesn't exist, for callers that need some path. */
    Path nothing() {
        return file.resolveSibling(file.getFileName() + ".none");
    }

    /** Deletes the temp file, or frees the heap. */
    synchronized void delete() {
        memory.free();
        if (file != null) {
            TempFiles.delete(file);
        }
        if (link != null) {
            TempFiles.delete(link);
        }
    }

    private void toFile() throws IOException {
        file = folder.newFile();
        // without TRUNCATE_EXISTING, the default: it makes ext4 write the file to the disk as soon as it is closed
        out = Files.newOutputStream(file, StandardOpenOption.WRITE);
        memory.writeTo(out);
        memory.free();
    }
}
