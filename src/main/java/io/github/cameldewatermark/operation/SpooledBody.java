package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A result as a message body: a stream that can be read again, and whose temp file goes when the last exchange that has
 * it is done.
 */
final class SpooledBody extends InputStream implements StreamCache {

    private final Content content;
    private final Holders holders;
    private InputStream in;
    private long position;
    private long mark;

    private SpooledBody(Content content, Holders holders) {
        this.content = content;
        this.holders = holders;
    }

    /** The content of a spool as the body of an exchange. */
    static SpooledBody of(Spool spool, String name, Exchange exchange) throws IOException {
        Content content = spool.content(name);
        Holders holders = new Holders(spool);
        if (!(content instanceof Content.BytesContent)) {
            holders.add(exchange);
        }
        return new SpooledBody(content, holders);
    }

    /** The bytes, to be sent by a later call. */
    Content content() {
        return content;
    }

    @Override
    public int read() throws IOException {
        int b = in().read();
        position += b < 0 ? 0 : 1;
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in().read(bytes, offset, length);
        position += Math.max(0, count);
        return count;
    }

    @Override
    public int available() throws IOException {
        return in().available();
    }

    @Override
    public void close() throws IOException {
        if (in != null) {
            in.close();
        }
    }

    /** So that a client of a storage service can send it again by itself. */
    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public synchronized void mark(int limit) {
        mark = position;
    }

    /** Back to the mark or, as long as there is none, to the beginning: as with the caches of Camel that are in memory. */
    @Override
    public synchronized void reset() {
        try {
            close();
        } catch (IOException e) {
            // nothing is lost: it was open for reading
        }
        in = null;
        position = mark;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        position += in().transferTo(out);
    }

    @Override
    public StreamCache copy(Exchange exchange) {
        if (!inMemory()) {
            holders.add(exchange);
        }
        return new SpooledBody(content, holders);
    }

    @Override
    public boolean inMemory() {
        return content instanceof Content.BytesContent;
    }

    @Override
    public long length() {
        return content.length();
    }

    @Override
    public long position() {
        return position;
    }

    @Override
    public String toString() {
        return "SpooledBody[" + content.length() + " bytes]";
    }

    private InputStream in() throws IOException {
        if (in == null) {
            in = content.open();
            in.skipNBytes(mark);
            position = mark;
        }
        return in;
    }

    /** The exchanges that still have the temp file. */
    private static final class Holders extends SynchronizationAdapter {
        private final Spool spool;
        private final AtomicInteger count = new AtomicInteger();

        Holders(Spool spool) {
            this.spool = spool;
        }

        void add(Exchange exchange) {
            count.incrementAndGet();
            if (Completions.endsEarly(exchange)) {
                // who goes on with it isn't known: until nobody has it any more
                Unreachable.CLEANER.register(this, spool::delete);
            } else {
                Completions.add(exchange, this);
            }
        }

        @Override
        public void onDone(Exchange exchange) {
            if (count.decrementAndGet() == 0) {
                spool.delete();
            }
        }
    }

    /** Of its own, so that its thread begins only where it is needed. */
    private static final class Unreachable {
        private static final Cleaner CLEANER = Cleaner.create();
    }
}
