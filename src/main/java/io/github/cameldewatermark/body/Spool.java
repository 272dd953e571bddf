package io.github.cameldewatermark.body;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;

/**
 * Stores a stream of unknown length: in the heap share of results or, if that has no room, in a temp file. What was written
 * stays for as long as anybody can reach its {@linkplain #content content}, so nobody has to delete it.
 */
public final class Spool extends OutputStream {

    /** Frees what belongs to an object when nobody can reach the object any more. */
    static final Cleaner CLEANER = Cleaner.create();

    /** Beyond this size, in bytes, content goes to a file, which is moved to the outbox at no cost. */
    private static final int MOST_IN_MEMORY = 1024 * 1024;

    private final TempFolder folder;
    private final HeapShare share;
    private HeapBytes memory;
    private TempFile file;
    private OutputStream out;

    public Spool(TempFolder folder) {
        this(folder, HeapShare.OF_JVM);
    }

    public Spool(TempFolder folder, HeapShare share) {
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
        if (file == null) {
            if (memory.length() + length <= MOST_IN_MEMORY && memory.append(bytes, offset, length)) {
                return;
            }
            toFile();
        }
        out.write(bytes, offset, length);
    }

    @Override
    public void close() throws IOException {
        if (out != null) {
            out.close();
        }
    }

    /** Drops what was written, so that writing can start again. */
    public void clear() {
        discard();
        file = null;
        out = null;
        memory = new HeapBytes(share);
    }

    /** Gives the room back early: to be called if nobody has the content, or needs it any more. */
    public void discard() {
        try {
            close();
        } catch (IOException e) {
            // ignored, because the file is deleted anyway
        }
        if (memory != null) {
            memory.discard();
        }
        if (file != null) {
            file.delete();
        }
    }

    /** Closes this spool and returns what was written, under a name for messages. It can be read any number of times. */
    public Content content(String name) throws IOException {
        close();
        return file == null ? memory.content(name) : file.content(name);
    }

    private void toFile() throws IOException {
        TempFile begun = folder.newFile();
        // without TRUNCATE_EXISTING, the default: it makes ext4 write the file to the disk as soon as it is closed
        out = Files.newOutputStream(begun.path(), StandardOpenOption.WRITE);
        file = begun;
        memory.open().transferTo(out);
        memory.discard();
        memory = null;
    }
}
