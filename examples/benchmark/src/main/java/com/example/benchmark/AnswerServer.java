package com.example.benchmark;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * The other side, in a process of its own. It does as little as a server can: what is sent is thrown away, and the answer
 * lies ready.
 */
final class AnswerServer {

    static final String PATH = "/api/object_removal/v2/erase_watermark";

    private static final String BALANCE = "GET /api/creditInfo";

    private static final byte[] CREDITS =
            "{\"data\": {\"available_credit\": 1000000}}".getBytes(StandardCharsets.US_ASCII);

    private final NavigableMap<Integer, ByteBuffer> answers = new TreeMap<>();

    private AnswerServer(int[] sizes) {
        for (int size : sizes) {
            answers.put(size, ok(json(size)));
        }
    }

    private static ByteBuffer ok(byte[] json) {
        byte[] head = ("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocateDirect(head.length + json.length)
                .put(head)
                .put(json)
                .flip();
    }

    /** @param sizes of the pictures that will be sent */
    public static void main(String[] sizes) throws IOException {
        AnswerServer server = new AnswerServer(
                Arrays.stream(sizes).mapToInt(Integer::parseInt).toArray());
        Connection.serve(server::answer);
    }

    /** The answer to a picture of this size. */
    static byte[] json(int size) {
        byte[] mask = new byte[2 * 1024];
        return """
                {"edited_image": {"image": "%s", "image_id": "image", "mask": "%s", "watermark_mask": "%s"}, \
                "event_id": "event", "session_id": "session"}""".formatted(base64(Pictures.result(size)), base64(mask), base64(mask))
                .getBytes(StandardCharsets.US_ASCII);
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private void answer(Connection connection) throws IOException {
        Connection.Request request = connection.nextRequest();
        connection.readBody(request.length(), part -> {});
        connection.write(
                request.call().equals(BALANCE)
                        ? ok(CREDITS)
                        : answers.floorEntry((int) request.length()).getValue().duplicate());
    }
}
