package io.github.cameldewatermark.body;

import io.github.cameldewatermark.client.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;

/**
 * A result as a message body: a stream that can be read again. Each copy has a position of its own. The result stays for as long
 * as anybody can reach a copy, whatever becomes of the exchange.
 */
public class SpooledBody extends InputStream implements StreamCache {

    /** How much is read at once: a file channel allocates off-heap memory for that much, and keeps it for each thread. */
    private static final int PIECE = 64 * 1024;

    private final Content content;

    private InputStream in;
    private long position;
    private long mark;

    SpooledBody(Content content) {
        this.content = content;
    }

    /** Returns a result as the body of an exchange. */
    public static SpooledBody of(Content content, Exchange exchange) {
        return content instanceof TempFile.TempContent file && Move.isPossible(exchange)
                ? new ResultFile(file, new Move(file.temp()))
                : new SpooledBody(content);
    }

    /** Returns the headers that belong to this body. */
    public Map<String, Object> headers() {
        return Map.of();
    }

    /** Returns the content, for a later call to send. */
    public Content content() {
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
    public int available() {
        return (int) Math.min(Integer.MAX_VALUE, content.length() - position);
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
        in(); // also if nothing is left
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
    public StreamCache copy(Exchange exchange) {
        return new SpooledBody(content);
    }

    @Override
    public boolean inMemory() {
        return content.file() == null;
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
            in.skipNBytes(position);
        }
        return in;
    }
}
