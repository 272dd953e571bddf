package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.ref.Cleaner;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * A result as a message body: a stream that can be read again. Its temp file or buffers are freed when the last exchange that
 * holds it is done.
 */
class SpooledBody extends InputStream implements StreamCache {

    /** How much is read at once: a file channel allocates off-heap memory for that much, and keeps it for each thread. */
    private static final int PIECE = 64 * 1024;

    private final Content content;

    /** {@code null} if nothing has to be freed at the end. */
    private final Holders holders;

    private InputStream in;
    private long position;
    private long mark;

    SpooledBody(Content content, Holders holders) {
        this.content = content;
        this.holders = holders;
    }

    /** Returns the content of a spool as the body of an exchange. */
    static SpooledBody of(Spool spool, String name, Exchange exchange) throws IOException {
        Content content = spool.content(name);
        if (content.length() <= Spool.SMALL) {
            Content small = Content.of(name, bytes(content));
            spool.delete();
            return new SpooledBody(small, null);
        }
        Holders holders = new Holders(spool);
        holders.add(exchange);
        return content instanceof Content.FileContent file && Move.isPossible(exchange)
                ? new ResultFile(file, holders, new Move(spool))
                : new SpooledBody(content, holders);
    }

    private static byte[] bytes(Content content) throws IOException {
        byte[] bytes = new byte[Math.toIntExact(content.length())];
        try (InputStream in = content.open()) {
            in.readNBytes(bytes, 0, bytes.length);
        }
        return bytes;
    }

    /** Returns an outcome that makes this result the body of a message. */
    Outcome outcome() {
        return Outcome.body(this);
    }

    /** Returns the content, for a later call to send. */
    Content content() {
        return content;
    }

    @Override
    public int read() throws IOException {
        int b = in().read();
        if (b < 0) {
            ended();
        } else {
            position++;
        }
        return b;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int count = in().read(bytes, offset, length);
        if (count < 0) {
            ended();
        } else {
            position += count;
        }
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

    /** Supported, so that a client of a storage service can repeat a request by itself. */
    @Override
    public boolean markSupported() {
        return true;
    }

    @Override
    public synchronized void mark(int limit) {
        mark = position;
    }

    /** Goes back to the mark or, without one, to the beginning, as Camel's in-memory stream caches do. */
    @Override
    public synchronized void reset() {
        try {
            close();
        } catch (IOException e) {
            // ignored: the stream was only open for reading, so no data is lost
        }
        in = null;
        position = mark;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        position += in().transferTo(out);
        ended();
    }

    /** Returns the unread bytes. Camel's own converter would copy them several times, as it doesn't use the known length. */
    byte[] toBytes() throws IOException {
        in(); // opens the stream, which sets the position
        byte[] bytes = new byte[Math.toIntExact(content.length() - position)];
        for (int filled = 0; filled < bytes.length; ) {
            int n = read(bytes, filled, Math.min(PIECE, bytes.length - filled));
            if (n < 0) {
                throw new EOFException(content.name() + " ends early");
            }
            filled += n;
        }
        ended();
        return bytes;
    }

    @Override
    public final StreamCache copy(Exchange exchange) {
        if (holders != null) {
            holders.add(exchange);
        }
        return copy(holders);
    }

    SpooledBody copy(Holders all) {
        return new SpooledBody(content, all);
    }

    @Override
    public boolean inMemory() {
        return !(content instanceof Content.FileContent);
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

    /** Closes the file at its end: bodies are rarely closed, and an open file keeps its disk space even after deletion. */
    private void ended() throws IOException {
        in.close();
        in = InputStream.nullInputStream();
    }

    private InputStream in() throws IOException {
        if (in == null) {
            in = content.open();
            in.skipNBytes(mark);
            position = mark;
        }
        return in;
    }

    /** Counts the exchanges that still hold the temp file or the buffers. */
    static final class Holders extends SynchronizationAdapter {
        private final Spool spool;
        private final AtomicInteger count = new AtomicInteger();

        Holders(Spool spool) {
            this.spool = spool;
        }

        void add(Exchange exchange) {
            boolean early = Completions.endsEarly(exchange);
            if (early || exchange.getUnitOfWork() == null) {
                // It isn't known which exchange continues with the body, if any, so it is kept while it is reachable.
                Unreachable.CLEANER.register(this, spool::delete);
            }
            if (early) {
                count.incrementAndGet();
                return;
            }
            until(exchange.getExchangeExtension()::addOnCompletion);
            // Two exchanges hold the body of a part of a split or multicast: the part itself, as a queue may keep it
            // longer than the whole, and the whole, as the body may be aggregated.
            UnitOfWork whole = Completions.whole(exchange);
            if (whole != null) {
                until(whole::addSynchronization);
            }
        }

        private void until(Consumer<Synchronization> end) {
            count.incrementAndGet();
            end.accept(this);
        }

        @Override
        public void onDone(Exchange exchange) {
            if (count.decrementAndGet() == 0) {
                spool.delete();
            }
        }
    }

    /** A class of its own, so that the thread of the cleaner starts only if it is needed. */
    private static final class Unreachable {
        private static final Cleaner CLEANER = Cleaner.create();
    }
}
