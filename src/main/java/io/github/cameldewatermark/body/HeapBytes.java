package io.github.cameldewatermark.body;

import io.github.cameldewatermark.client.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Bytes in the heap, in pieces: an array that grows is copied several times, and takes up to three times its content meanwhile. */
final class HeapBytes extends OutputStream {

    private static final int PIECE = 16 * 1024;

    private final List<byte[]> pieces = new ArrayList<>();
    private int length;

    /** Returns how many bytes of the heap so many bytes take. */
    static int room(int length) {
        return (length + PIECE - 1) / PIECE * PIECE;
    }

    int length() {
        return length;
    }

    @Override
    public void write(int b) {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int count) {
        for (int done = 0; done < count; ) {
            int at = length % PIECE;
            if (at == 0) {
                pieces.add(new byte[PIECE]);
            }
            int n = Math.min(count - done, PIECE - at);
            System.arraycopy(bytes, offset + done, pieces.get(pieces.size() - 1), at, n);
            done += n;
            length += n;
        }
    }

    InputStream open() {
        List<InputStream> streams = new ArrayList<>();
        for (int from = 0; from < length; from += PIECE) {
            streams.add(new ByteArrayInputStream(pieces.get(from / PIECE), 0, Math.min(PIECE, length - from)));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    Content content(String name) {
        return new HeapContent(name, this);
    }

    private record HeapContent(String name, HeapBytes bytes) implements Content {
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
            return bytes.open();
        }
    }
}
