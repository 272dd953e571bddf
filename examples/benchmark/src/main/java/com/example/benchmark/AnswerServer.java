package com.example.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Locale;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The other side, in a process of its own. It does as little as a server can: what is sent is thrown away, and the answer
 * lies ready. It knows only what the contenders do: HTTP/1.1, a {@code Content-Length}, one request after the other.
 */
final class AnswerServer {

    static final String PATH = "/api/object_removal/v2/erase_watermark";

    /** In its first line of output. */
    static final String LISTENING = "listening on ";

    private static final int BUFFER = 64 * 1024;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");

    private final NavigableMap<Integer, ByteBuffer> answers = new TreeMap<>();

    private AnswerServer(int[] sizes) {
        for (int size : sizes) {
            byte[] json = json(size);
            String head =
                    "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length + "\r\n\r\n";
            ByteBuffer answer = ByteBuffer.allocateDirect(head.length() + json.length);
            answer.put(head.getBytes(StandardCharsets.US_ASCII)).put(json).flip();
            answers.put(size, answer);
        }
    }

    /** @param sizes of the pictures that will be sent */
    public static void main(String[] sizes) throws IOException {
        AnswerServer server = new AnswerServer(
                Arrays.stream(sizes).mapToInt(Integer::parseInt).toArray());
        ServerSocketChannel port = ServerSocketChannel.open();
        port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        System.out.println(LISTENING + ((InetSocketAddress) port.getLocalAddress()).getPort());
        start(() -> server.accept(port));
        System.in.transferTo(OutputStream.nullOutputStream()); // it ends with whoever has started it
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

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private void accept(ServerSocketChannel port) {
        try {
            while (true) {
                SocketChannel connection = port.accept();
                start(() -> serve(connection));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void serve(SocketChannel connection) {
        try (connection) {
            connection.setOption(StandardSocketOptions.TCP_NODELAY, true);
            ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);
            while (true) {
                int length = bodyLength(head(connection, in));
                discard(connection, in, length);
                ByteBuffer answer = answers.floorEntry(length).getValue().duplicate();
                while (answer.hasRemaining()) {
                    connection.write(answer);
                }
            }
        } catch (EOFException e) {
            // the client has done with this connection
        } catch (IOException | RuntimeException e) {
            System.err.println("A connection ended: " + e);
        }
    }

    private static String head(SocketChannel connection, ByteBuffer in) throws IOException {
        StringBuilder head = new StringBuilder();
        int matched = 0;
        while (matched < END_OF_HEAD.length) {
            if (!in.hasRemaining()) {
                fill(connection, in);
            }
            byte b = in.get();
            matched = b == END_OF_HEAD[matched] ? matched + 1 : b == END_OF_HEAD[0] ? 1 : 0;
            head.append((char) b);
        }
        return head.toString();
    }

    private static int bodyLength(String head) throws IOException {
        Matcher length = LENGTH.matcher(head.toLowerCase(Locale.ROOT));
        if (!length.find()) {
            throw new IOException("a request without Content-Length");
        }
        return Integer.parseInt(length.group(1));
    }

    private static void discard(SocketChannel connection, ByteBuffer in, int length) throws IOException {
        int left = length;
        while (true) {
            int n = Math.min(left, in.remaining());
            in.position(in.position() + n);
            left -= n;
            if (left == 0) {
                return;
            }
            fill(connection, in);
        }
    }

    private static void fill(SocketChannel connection, ByteBuffer in) throws IOException {
        in.clear();
        int n = connection.read(in);
        in.flip();
        if (n < 0) {
            throw new EOFException();
        }
    }
}
