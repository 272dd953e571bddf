package io.github.cameldewatermark.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiFunction;

/**
 * A server on a bare socket, for what neither WireMock nor the sandbox can do: it sees requests byte by byte, and fails in
 * ways that no HTTP server would.
 */
public final class FakeServer implements AutoCloseable {

    /** Bound, but not listening. */
    private static final Socket NOBODY = bound();

    /** What is done with one connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Script {
        void play(Socket connection, FakeServer server) throws IOException;
    }

    private final TestPort port;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private DewatermarkClient client;

    public FakeServer(Script script) {
        port = new TestPort(connection -> script.play(connection, this));
    }

    /** Takes one request on each connection and answers it with these characters, of which each is a byte. */
    public static FakeServer answering(String answer) {
        return new FakeServer(answer(answer));
    }

    /** Answers as it should, with this JSON. */
    public static FakeServer json(String body) {
        return answering(ok(body));
    }

    /** Takes any number of requests on each connection, and answers each. */
    public static FakeServer keepingConnections(BiFunction<Socket, String, String> answers) {
        return new FakeServer((connection, server) -> {
            while (true) { // until the client goes away
                send(connection, answers.apply(connection, server.readRequest(connection)));
            }
        });
    }

    public static Script answer(String answer) {
        return (connection, server) -> {
            server.readRequest(connection);
            send(connection, answer);
        };
    }

    /** Takes one request and resets the connection. */
    public static Script resetAfterTheRequest() {
        return (connection, server) -> {
            server.readRequest(connection);
            connection.setSoLinger(true, 0);
        };
    }

    /** Resets the connection in the middle of a large request. */
    public static Script resetWithinTheRequest() {
        return (connection, server) -> {
            connection.getInputStream().readNBytes(100_000);
            connection.setSoLinger(true, 0);
        };
    }

    /** Takes one request and says nothing until the client goes away. */
    public static Script silence() {
        return (connection, server) -> {
            server.readRequest(connection);
            connection.getInputStream().transferTo(OutputStream.nullOutputStream());
        };
    }

    /** A whole answer with its right length. */
    public static String ok(String body) {
        return "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + body.length() + "\r\n\r\n"
                + body;
    }

    /** Where nobody listens: the port is taken, so that no other process gets it meanwhile. */
    public static String nobody() {
        return "http://127.0.0.1:" + NOBODY.getLocalPort();
    }

    private static Socket bound() {
        try {
            Socket socket = new Socket();
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            return socket;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public String url() {
        return port.url();
    }

    /** Of this server; it is closed with it. */
    public synchronized DewatermarkClient client() {
        if (client == null) {
            client = TestApi.client(url());
        }
        return client;
    }

    /** The requests so far, head and body, each byte a character. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public synchronized void close() throws IOException {
        if (client != null) {
            client.close();
        }
        port.remove();
    }

    static void send(Socket connection, String answer) throws IOException {
        connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
        connection.getOutputStream().flush();
    }

    String readRequest(Socket connection) throws IOException {
        InputStream in = connection.getInputStream();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int b = in.read();
            if (b < 0) {
                throw new EOFException();
            }
            head.write(b);
        }
        String text = head.toString(StandardCharsets.ISO_8859_1);
        int length = text.lines()
                .map(line -> line.toLowerCase(Locale.ROOT))
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).trim()))
                .findFirst()
                .orElse(0);
        byte[] body = in.readNBytes(length);
        String request = text + new String(body, StandardCharsets.ISO_8859_1);
        requests.add(request);
        if (body.length < length) {
            throw new EOFException();
        }
        return request;
    }
}
