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
 * Takes bytes of unknown number: into the results' share of the heap, and into a temp file if there is no room. Whoever
 * makes one ends it, by {@link #discard()} or {@link #delete()}.
 */
final class Spool extends OutputStream {

    /** What is as small as that becomes an array of its own, which stays for as long as somebody has it. */
    static final int SMALL = 128 * 1024;

    /** More goes to a file even if there is room: one stream without end must not take all of it. */
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

    /** Forgets what was written, to be written to anew. */
    void clear() throws IOException {
        if (file == null) {
            memory.free();
            memory = new HeapBytes(share);
        } else {
            out.close();
            out = Files.newOutputStream(file, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        }
    }

    /** Puts bytes in the place of others, which are there already. */
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

    /** Throws away what was written. */
    void discard() {
        try {
            close();
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
        return file == null ? memory.content(name) : new Content.FileContent(name, file, Files.size(file));
    }

    /** Where the temp file is. */
    FileStore store() throws IOException {
        return Files.getFileStore(file);
    }

    /**
     * Another name of the temp file, for whoever wants to move it away: what was written stays where it is. One such name
     * is given away, as two files that were moved would change together.
     *
     * @return {@code null} if there is none
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

    /** Where no file is, for whoever has to name one. */
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
        // without the truncation that is the default: it makes ext4 write the file to the disk as soon as it is closed
        out = Files.newOutputStream(file, StandardOpenOption.WRITE);
        memory.writeTo(out);
        memory.free();
    }
}
