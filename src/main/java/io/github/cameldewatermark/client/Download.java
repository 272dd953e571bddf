package io.github.cameldewatermark.client;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.utils.DateUtils;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpRequest;
import org.apache.hc.core5.http.HttpStatus;

/**
 * A clip that arrives, in as many attempts as it takes: a further one asks only for what is missing (RFC 9110, section
 * 14). Not thread-safe.
 *
 * <p>Two pieces are put together only if the server has proved that they are of the same clip, by a strong validator: an
 * entity tag, or a date of change. Without one, and after a first answer that doesn't fit, each attempt begins anew: that
 * costs traffic, and a paid clip made of two halves that don't belong together would be noticed by nobody.
 */
public final class Download {

    /** Forgets what was written to the sink. */
    @FunctionalInterface
    public interface Restart {
        void run() throws IOException;
    }

    private static final long MEBIBYTE = 1024 * 1024;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d{1,18})-\\d{1,18}/(\\d{1,18})");

    private final OutputStream sink;
    private final Restart restart;
    private String validator;
    private long received;
    private long length = -1;
    private boolean resumable = true;

    /**
     * @param sink    takes the bytes; not closed
     * @param restart called before an attempt begins anew; after it the sink is as at first
     */
    public Download(OutputStream sink, Restart restart) {
        this.sink = sink;
        this.restart = restart;
    }

    /** How many bytes the next attempt needn't fetch again; 0: it begins anew. Less than a MiB isn't worth a question. */
    public long kept() {
        return resumable && validator != null && received >= MEBIBYTE ? received : 0;
    }

    /** How far it has come: the MiB that needn't be fetched again. */
    public long progress() {
        return kept() / MEBIBYTE;
    }

    /** Asks for what is missing; tells whether that is only a part. */
    boolean ask(HttpRequest request) {
        if (kept() == 0) {
            return false;
        }
        request.setHeader(HttpHeaders.RANGE, "bytes=" + kept() + "-");
        request.setHeader(HttpHeaders.IF_RANGE, validator);
        return true;
    }

    /** What was asked for last is not to be had: from now on each attempt begins anew. */
    void cannotGoOn() {
        resumable = false;
    }

    /**
     * Takes the answer.
     *
     * @return             how long the whole clip is
     * @throws IOException it isn't whole yet
     */
    long receive(ClassicHttpResponse head, InputStream body) throws IOException {
        if (head.getCode() == HttpStatus.SC_PARTIAL_CONTENT) {
            goOn(head);
        } else {
            beginAnew(head);
        }
        append(body);
        if (received == 0) {
            throw new IOException("the clip is empty");
        }
        if (length >= 0 && received != length) {
            resumable &= received < length;
            throw new IOException(received + " bytes came of a clip of " + length);
        }
        return received;
    }

    private void goOn(ClassicHttpResponse head) throws IOException {
        // storage may know ranges but not If-Range, so the condition is checked here, too
        boolean same = kept() > 0 && validator.equals(validator(head));
        Matcher range = CONTENT_RANGE.matcher(value(head, HttpHeaders.CONTENT_RANGE));
        boolean fits = same
                && range.matches()
                && Long.parseLong(range.group(1)) == received
                && (length < 0 || Long.parseLong(range.group(2)) == length);
        if (!fits) {
            resumable = false;
            throw new IOException("it is another part than was asked for");
        }
        length = Long.parseLong(range.group(2));
    }

    private void beginAnew(ClassicHttpResponse head) throws IOException {
        resumable &= kept() == 0; // who doesn't take up a range isn't asked for one again
        restart.run();
        received = 0;
        validator = validator(head);
        HttpEntity entity = head.getEntity();
        length = entity == null ? 0 : entity.getContentLength();
        if (length < 0 && !entity.isChunked()) {
            throw new IOException("it doesn't say where the clip ends");
        }
    }

    private void append(InputStream body) throws IOException {
        byte[] buffer = BufferPool.take();
        try {
            for (int n = body.read(buffer); n >= 0; n = body.read(buffer)) {
                append(buffer, n);
            }
        } finally {
            BufferPool.give(buffer);
        }
    }

    private void append(byte[] bytes, int count) throws IOException {
        if (received == 0 && isText(bytes, count)) {
            throw new IOException("it is text and no clip");
        }
        try {
            sink.write(bytes, 0, count);
        } catch (IOException e) {
            resumable = false; // nobody knows how much of it was written
            throw e;
        }
        received += count;
    }

    /**
     * The page of a gateway, or an error message, that says success. Only what is clearly text is refused: the first byte
     * alone may be part of a length in a clip.
     */
    private static boolean isText(byte[] begin, int length) {
        String text = new String(begin, 0, length, StandardCharsets.ISO_8859_1);
        boolean bracket =
                text.stripLeading().startsWith("<") || text.stripLeading().startsWith("{");
        return bracket && text.chars().allMatch(c -> c >= ' ' || Character.isWhitespace(c));
    }

    /** By what a server tells whether two answers are of the same bytes; {@code null}: by nothing that is sure. */
    private static String validator(ClassicHttpResponse head) {
        String tag = value(head, HttpHeaders.ETAG);
        if (!tag.isEmpty()) {
            return tag.startsWith("\"") ? tag : null;
        }
        Instant changed = DateUtils.parseStandardDate(head, HttpHeaders.LAST_MODIFIED);
        Instant now = DateUtils.parseStandardDate(head, HttpHeaders.DATE);
        // within the second of a change there may be another one
        boolean sure = changed != null && now != null && !now.isBefore(changed.plus(Duration.ofSeconds(1)));
        return sure ? value(head, HttpHeaders.LAST_MODIFIED) : null;
    }

    private static String value(ClassicHttpResponse head, String name) {
        Header header = head.getFirstHeader(name);
        return header == null || header.getValue() == null ? "" : header.getValue();
    }
}
