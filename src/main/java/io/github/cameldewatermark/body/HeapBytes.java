package io.github.cameldewatermark.body;

import io.github.cameldewatermark.client.Content;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.lang.ref.Cleaner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes in the heap, in pieces. They count in a {@link HeapShare} for as long as anybody can reach them. */
final class HeapBytes {

    /** The length of each piece, in bytes. */
    static final int PIECE = 16 * 1024;

    private final List<byte[]> pieces = new ArrayList<>();
    private final HeapShare share;
    private final AtomicLong taken = new AtomicLong();
    private final Cleaner.Cleanable release;
    private long length;

    HeapBytes(HeapShare share) {
        AtomicLong counted = taken; // whoever cleans must not have this object
        this.share = share;
        this.release = Spool.CLEANER.register(this, () -> share.release(counted.get()));
    }

    long length() {
        return length;
    }

    /** Appends bytes if there is room for all of them, and returns whether there was. */
    boolean append(byte[] bytes, int offset, int count) {
        long missing = (length + count + PIECE - 1) / PIECE * PIECE - taken.get();
        if (!share.reserve(missing)) {
            return false;
        }
        taken.addAndGet(missing);
        for (int done = 0; done < count; ) {
            int at = (int) (length % PIECE);
            if (at == 0) {
                pieces.add(new byte[PIECE]);
            }
            int n = Math.min(count - done, PIECE - at);
            System.arraycopy(bytes, offset + done, pieces.get(pieces.size() - 1), at, n);
            done += n;
            length += n;
        }
        return true;
    }

    /** Gives the room back early, when nobody needs the bytes any more. */
    void discard() {
        release.clean();
    }

    Content content(String name) {
        return new HeapContent(name, this);
    }

    InputStream open() {
        List<InputStream> streams = new ArrayList<>();
        for (long from = 0; from < length; from += PIECE) {
            byte[] piece = pieces.get((int) (from / PIECE));
            streams.add(new ByteArrayInputStream(piece, 0, (int) Math.min(PIECE, length - from)));
        }
        return new SequenceInputStream(Collections.enumeration(streams));
    }

    private record HeapContent(String name, HeapBytes bytes) implements Content {
        @Override
        public long length() {
            return bytes.length();
        }

        @Override
        public InputStream open() {
            return bytes.open();
        }
    }
}
