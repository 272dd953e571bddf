package io.github.cameldewatermark.body;

import io.github.cameldewatermark.client.Content;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.TypeConverter;
import org.apache.camel.spi.TypeConverterRegistry;
import org.apache.camel.support.SimpleTypeConverter;

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

    public static SpooledBody of(Content content, Exchange exchange) {
        return content instanceof TempFile.TempContent file && ResultFile.Move.isPossible(exchange)
                ? new ResultFile(file)
                : new SpooledBody(content);
    }

    /**
     * Adds type converters: of this class to an array, without intermediate copies because its length is known; and of {@link
     * ResultFile.Move} to a path, in the types in which file producers of different Camel versions ask for it.
     */
    public static void addConvertersTo(TypeConverterRegistry registry) {
        TypeConverter bytes = new SimpleTypeConverter(false, (type, exchange, body) -> ((SpooledBody) body).toBytes());
        registry.addTypeConverter(byte[].class, SpooledBody.class, bytes);
        // Camel looks for its interfaces before its superclass
        registry.addTypeConverter(byte[].class, ResultFile.class, bytes);
        TypeConverter path = new SimpleTypeConverter(false, (type, exchange, move) -> {
            File file = ((ResultFile.Move) move).offer(exchange);
            return type == String.class ? file.getPath() : file;
        });
        registry.addTypeConverter(String.class, ResultFile.Move.class, path);
        registry.addTypeConverter(File.class, ResultFile.Move.class, path);
    }

    public Map<String, Object> headers() {
        return Map.of();
    }

    public Content content() {
        return content;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
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
        return content.isInMemory();
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
