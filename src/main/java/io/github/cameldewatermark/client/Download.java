package io.github.cameldewatermark.client;

import io.github.cameldewatermark.client.http.ContentCoding;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;

/**
 * The download of a result in as many attempts as it takes: each further attempt requests only the missing rest (RFC 9110,
 * section 14). Not thread-safe.
 *
 * <p>Two pieces are joined only if the server proves by a strong entity tag that they belong to the same result. Without one, and
 * after the first answer that doesn't fit, each attempt starts from the beginning. That costs traffic, but nobody would notice a
 * paid result made of two halves that don't belong together.
 */
public final class Download {

    /** Discards what was written to the sink. */
    @FunctionalInterface
    public interface Restart {
        void run() throws IOException;
    }

    private static final long MEBIBYTE = 1024 * 1024;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

    private final OutputStream sink;
    private final Restart restart;
    private String entityTag;
    private long received;
    private long length = -1;
    private boolean resumable = true;

    /**
     * @param sink    receives the bytes; not closed
     * @param restart called before an attempt that starts from the beginning; must reset the sink to its initial state
     */
    public Download(OutputStream sink, Restart restart) {
        this.sink = sink;
        this.restart = restart;
    }

    /**
     * Returns how many bytes the next attempt need not fetch again; 0 if it starts from the beginning. Less than a MiB isn't
     * worth a range request.
     */
    public long kept() {
        return resumable && entityTag != null && received >= MEBIBYTE ? received : 0;
    }

    /** Returns the progress: the number of whole MiB that need not be fetched again. */
    public long progress() {
        return kept() / MEBIBYTE;
    }

    /** Adds the headers that request the missing rest. Returns whether that is only a part of it. */
    boolean requestRest(HttpRequest request) {
        if (kept() == 0) {
            return false;
        }
        request.setHeader(HttpHeaders.RANGE, "bytes=" + kept() + "-");
        request.setHeader(HttpHeaders.IF_RANGE, entityTag);
        return true;
    }

    /** The server can't satisfy the requested range: from now on, each attempt starts from the beginning. */
    void rangeRefused() {
        resumable = false;
    }

    /**
     * Reads an answer into the sink.
     *
     * @return             the length of the complete clip in bytes
     * @throws IOException if it isn't complete yet, or the answer can't be used
     */
    long receive(ClassicHttpResponse head, InputStream body) throws IOException {
        if (head.getCode() == HttpStatus.SC_PARTIAL_CONTENT) {
            resume(head);
        } else {
            restart(head);
        }
        append(body);
        if (received == 0) {
            throw new IOException("the result is empty");
        }
        if (length >= 0 && received != length) {
            resumable &= received < length;
            throw new IOException(received + " bytes arrived of a result of " + length);
        }
        return received;
    }

    private void resume(ClassicHttpResponse head) throws IOException {
        // storage may support ranges but ignore If-Range, so the condition is checked here, too
        boolean same = kept() > 0 && entityTag.equals(entityTag(head)) && !ContentCoding.isUsed(head);
        Matcher range = CONTENT_RANGE.matcher(value(head, HttpHeaders.CONTENT_RANGE));
        boolean fits = same
                && range.matches()
                && Long.parseLong(range.group(1)) == received
                && (length < 0 || Long.parseLong(range.group(2)) == length);
        if (!fits) {
            resumable = false;
            throw new IOException("it is not the part that was asked for");
        }
        length = Long.parseLong(range.group(2));
    }

    private void restart(ClassicHttpResponse head) throws IOException {
        resumable &= kept() == 0; // a server that ignored a range isn't asked for one again
        restart.run();
        received = 0;
        HttpEntity entity = head.getEntity();
        if (ContentCoding.isUsed(head)) { // it has an end of its own, and ranges would be of the compressed bytes
            entityTag = null;
            length = -1;
            return;
        }
        entityTag = entityTag(head);
        length = entity == null ? 0 : entity.getContentLength();
        if (length < 0 && !entity.isChunked()) {
            throw new IOException("it doesn't say where the result ends");
        }
    }

    private void append(InputStream body) throws IOException {
        byte[] buffer = new byte[64 * 1024];
        for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
            append(buffer, n);
        }
    }

    private void append(byte[] bytes, int count) throws IOException {
        if (received == 0 && isText(bytes, count)) {
            throw new IOException("it is text, not the result");
        }
        try {
            sink.write(bytes, 0, count);
        } catch (IOException e) {
            resumable = false; // it isn't known how many bytes were written
            throw e;
        }
        received += count;
    }

    /**
     * Whether this is text, such as the page of a gateway or an error message that was sent with status 200. The first byte
     * alone doesn't prove that, as it may be part of a length field in a clip.
     */
    private static boolean isText(byte[] begin, int length) {
        String text = new String(begin, 0, length, StandardCharsets.ISO_8859_1);
        boolean bracket =
                text.stripLeading().startsWith("<") || text.stripLeading().startsWith("{");
        return bracket && text.chars().allMatch(c -> c >= ' ' || Character.isWhitespace(c));
    }

    /** Returns the strong entity tag, which only answers of the same bytes have, or {@code null} if there is none. */
    private static String entityTag(ClassicHttpResponse head) {
        String tag = value(head, HttpHeaders.ETAG);
        return tag.startsWith("\"") ? tag : null;
    }

    private static String value(ClassicHttpResponse head, String name) {
        Header header = head.getFirstHeader(name);
        return header == null ? "" : header.getValue();
    }
}
