package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.BufferPool;
import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * Bytes in buffers taken from a {@link HeapShare}, until {@link #free()}. After that the buffers may hold other content, so
 * reading fails, as it does for a deleted file. Reading and freeing are synchronized, so no buffer is freed while it is read.
 */
final class HeapBytes {

    private final HeapShare share;
    private List<byte[]> buffers = new ArrayList<>();
    private long length;

    HeapBytes(HeapShare share) {
        this.share = share;
    }

    long length() {
        return length;
    }

    /** Appends as many bytes as there is room for, and returns how many. */
    synchronized int append(byte[] bytes, int offset, int count) {
        int taken = 0;
        while (taken < count) {
            int at = (int) (length % BufferPool.SIZE);
            if (at == 0 && !addBuffer()) {
                return taken;
            }
            int n = Math.min(count - taken, BufferPool.SIZE - at);
            System.arraycopy(bytes, offset + taken, buffers.get(buffers.size() - 1), at, n);
            taken += n;
            length += n;
        }
        return taken;
    }

    private boolean addBuffer() {
        byte[] buffer = share.take();
        return buffer != null && buffers.add(buffer);
    }

    /** Replaces bytes that were appended before. */
    synchronized void overwrite(long position, byte[] bytes) {
        for (int done = 0; done < bytes.length; ) {
            int at = (int) ((position + done) % BufferPool.SIZE);
            int n = Math.min(bytes.length - done, BufferPool.SIZE - at);
            System.arraycopy(bytes, done, buffers.get((int) ((position + done) / BufferPool.SIZE)), at, n);
            done += n;
        }
    }

    /** Copies bytes from a position before the end, and returns how many: at most up to the end of a buffer. */
    synchronized int read(long position, byte[] bytes, int offset, int count) throws IOException {
        requireThere();
        int at = (int) (position % BufferPool.SIZE);
        int n = (int) Math.min(Math.min(count, BufferPool.SIZE - at), length - position);
        System.arraycopy(buffers.get((int) (position / BufferPool.SIZE)), at, bytes, offset, n);
        return n;
    }

    synchronized void writeTo(OutputStream out) throws IOException {
        requireThere();
        for (long position = 0; position < length; position += BufferPool.SIZE) {
            out.write(buffers.get((int) (position / BufferPool.SIZE)), 0, (int)
                    Math.min(BufferPool.SIZE, length - position));
        }
    }

    /** Returns the buffers to the share; from then on, reading fails. */
    synchronized void free() {
        if (buffers != null) {
            buffers.forEach(share::give);
            buffers = null;
        }
    }

    private void requireThere() throws IOException {
        if (buffers == null) {
            throw new IOException("it was in memory until its exchange was done");
        }
    }

    /** Returns the bytes as content, which can be read until {@link #free()}. */
    Content content(String name) {
        return new HeapContent(name, this);
    }

    private record HeapContent(String name, HeapBytes bytes) implements Content {
        @Override
        public long length() {
            return bytes.length();
        }

        @Override
        public InputStream open() {
            return new Reader(bytes);
        }
    }

    private static final class Reader extends InputStream {
        private final HeapBytes bytes;
        private long position;

        Reader(HeapBytes bytes) {
            this.bytes = bytes;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int count) throws IOException {
            Objects.checkFromIndexSize(offset, count, target.length);
            if (count == 0) {
                return 0;
            }
            if (position >= bytes.length()) {
                return -1;
            }
            int n = bytes.read(position, target, offset, count);
            position += n;
            return n;
        }

        @Override
        public long skip(long count) {
            long n = Math.max(0, Math.min(count, bytes.length() - position));
            position += n;
            return n;
        }

        @Override
        public int available() {
            return (int) Math.min(Integer.MAX_VALUE, bytes.length() - position);
        }
    }
}
