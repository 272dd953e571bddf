package io.github.cameldewatermark.body;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Stores a stream of unknown length: in the heap or, if that has no room for it, in a temp file. What was written stays for as
 * long as anybody can reach its {@linkplain #content content}, so nobody has to delete it.
 */
public final class Spool extends OutputStream {

    /** Frees what belongs to an object when nobody can reach the object any more. */
    static final Cleaner CLEANER = Cleaner.create();

    /** The bytes that all content together may take in the heap: an eighth of it. */
    static final Semaphore HEAP =
            new Semaphore((int) Math.min(Integer.MAX_VALUE, Runtime.getRuntime().maxMemory() / 8));

    /** Beyond this size, in bytes, content goes to a file. */
    private static final int MOST_IN_MEMORY = 1024 * 1024;

    private final TempFolder folder;
    private final Semaphore heap;

    private HeapBytes memory;

    /** How many bytes of the heap the memory has. */
    private AtomicInteger taken;

    private TempFile file;
    private OutputStream out;

    public Spool(TempFolder folder) {
        this(folder, HEAP);
    }

    Spool(TempFolder folder, Semaphore heap) {
        this.folder = folder;
        this.heap = heap;
        begin();
    }

    private void begin() {
        AtomicInteger bytes = new AtomicInteger();
        Semaphore givenBack = heap; // what cleans must not have this object
        memory = new HeapBytes();
        taken = bytes;
        file = null;
        out = memory;
        CLEANER.register(memory, () -> givenBack.release(bytes.getAndSet(0)));
    }

    /** Returns a spool for what is large: it uses a file only. */
    public static Spool inFile(TempFolder folder) {
        return new Spool(folder, new Semaphore(0));
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        if (out == memory) {
            int all = memory.length() + length;
            int missing = HeapBytes.room(all) - taken.get();
            if (all <= MOST_IN_MEMORY && heap.tryAcquire(missing)) {
                taken.addAndGet(missing);
            } else {
                toFile();
            }
        }
        out.write(bytes, offset, length);
    }

    private void toFile() throws IOException {
        TempFile begun = folder.newFile();
        // without TRUNCATE_EXISTING, the default: it makes ext4 write the file to the disk as soon as it is closed
        out = Files.newOutputStream(begun.path(), StandardOpenOption.WRITE);
        file = begun;
        memory.open().transferTo(out);
        memory = null;
        heap.release(taken.getAndSet(0));
    }

    @Override
    public void close() throws IOException {
        out.close();
    }

    /** Closes this spool and returns what was written, under a name for messages. It can be read any number of times. */
    public Content content(String name) throws IOException {
        close();
        return file == null ? memory.content(name) : file.content(name);
    }

    /** Drops what was written, and its content, which nobody may need any more. Then writing can start again. */
    public void discard() {
        try {
            close();
        } catch (IOException e) {
            // ignored, because the file is deleted anyway
        }
        heap.release(taken.getAndSet(0));
        if (file != null) {
            file.delete();
        }
        begin();
    }
}
