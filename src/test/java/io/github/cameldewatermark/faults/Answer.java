package io.github.cameldewatermark.faults;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * An HTTP answer, taken apart. Nothing stops it from saying things of its body that aren't so.
 *
 * @param headers names in lower case
 */
record Answer(String statusLine, Map<String, String> headers, byte[] body) {

    private static final String LENGTH = "content-length";

    static Answer of(int status, String contentType, String body) {
        return new Answer("HTTP/1.1 " + status + " Scripted", Map.of("content-type", contentType), ascii(body));
    }

    /** Reads an answer that ends with its connection. */
    static Answer read(InputStream in) throws IOException {
        String[] head = head(in).split("\r\n");
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < head.length; i++) {
            int colon = head[i].indexOf(':');
            headers.put(
                    head[i].substring(0, colon).toLowerCase(Locale.ROOT),
                    head[i].substring(colon + 1).trim());
        }
        return new Answer(head[0], headers, in.readAllBytes());
    }

    /** The first line and the headers of a message, up to the empty line. */
    static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new IOException("the connection ended in the head");
            }
            head.write(b);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    Answer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new Answer(statusLine, more, body);
    }

    Answer with(byte[] otherBody) {
        return new Answer(statusLine, headers, otherBody);
    }

    int length() {
        return body.length;
    }

    /** The head, with a length that may be a lie. */
    byte[] head(long length) {
        StringBuilder head = new StringBuilder(statusLine).append("\r\n");
        with(LENGTH, Long.toString(length))
                .with("connection", "close")
                .headers
                .forEach((name, value) ->
                        head.append(name).append(": ").append(value).append("\r\n"));
        return ascii(head.append("\r\n").toString());
    }

    byte[] whole() {
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.writeBytes(head(body.length));
        whole.writeBytes(body);
        return whole.toByteArray();
    }

    static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }
}
