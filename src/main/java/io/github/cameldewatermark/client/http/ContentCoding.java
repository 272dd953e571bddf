package io.github.cameldewatermark.client.http;

import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import java.util.zip.InflaterInputStream;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.HttpMessage;

/** How an answer is compressed (RFC 9110, section 8.4.1). That is never asked for, but gateways do it all the same. */
public final class ContentCoding {

    private ContentCoding() {}

    /** Whether an answer is compressed, so that its length isn't that of what it contains. */
    public static boolean isUsed(HttpMessage head) {
        return !of(head).isEmpty();
    }

    /**
     * Returns what an answer contains; how long that is, is bounded by whoever reads it.
     *
     * @throws IOException if it is compressed in a way that can't be read, or if it can't be read
     */
    static InputStream decoded(HttpMessage head, InputStream body) throws IOException {
        String coding = of(head);
        return switch (coding) {
            case "" -> body;
            case "gzip", "x-gzip" -> new GZIPInputStream(body);
            case "deflate" -> new InflaterInputStream(body);
            default ->
                throw new UnexpectedAnswerException(
                        "its Content-Encoding is " + SafeText.clean(coding, null) + ", which was not asked for");
        };
    }

    private static String of(HttpMessage head) {
        Header header = head.getFirstHeader(HttpHeaders.CONTENT_ENCODING);
        String coding = header == null ? "" : header.getValue().trim();
        return coding.equalsIgnoreCase("identity") ? "" : coding.toLowerCase(Locale.ROOT);
    }
}
