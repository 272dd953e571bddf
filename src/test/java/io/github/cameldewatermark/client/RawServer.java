package io.github.cameldewatermark.client;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A server on a bare socket: it sees requests byte by byte, and fails in ways that no HTTP server would. */
public final class RawServer implements AutoCloseable {

    /** What is done with one connection; it is closed afterwards. */
    @FunctionalInterface
    public interface Script {
        void play(Socket connection, RawServer server) throws IOException;
    }

    private final ServerSocket socket;
    private final Script script;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();

    public RawServer(Script script) {
        this.script = script;
        try {
            this.socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon(this::accept);
    }

    /** Takes one request and answers it with these characters, of which each is a byte. */
    public static Script answering(String answer) {
        return (connection, server) -> {
            server.readRequest(connection);
            connection.getOutputStream().write(answer.getBytes(StandardCharsets.ISO_8859_1));
            connection.getOutputStream().flush();
        };
    }

    /** Takes one request and resets the connection. */
    public static Script resettingAfterTheRequest() {
        return (connection, server) -> {
            server.readRequest(connection);
            connection.setSoLinger(true, 0);
        };
    }

    /** Resets the connection in the middle of a large request. */
    public static Script resettingWithinTheRequest() {
        return (connection, server) -> {
            connection.getInputStream().readNBytes(100_000);
            connection.setSoLinger(true, 0);
        };
    }

    /** Takes one request and says nothing until the client goes away. */
    public static Script silent() {
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

    public String url() {
        return "http://" + socket.getInetAddress().getHostAddress() + ":" + socket.getLocalPort();
    }

    /** The requests so far, head and body, each byte a character. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() throws IOException {
        socket.close();
        for (Socket connection : open) {
            connection.close();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket connection = socket.accept();
                open.add(connection);
                daemon(() -> serve(connection));
            } catch (IOException e) {
                return; // closed
            }
        }
    }

    private void serve(Socket connection) {
        try (connection) {
            script.play(connection, this);
        } catch (IOException e) {
            // the client went away
        } finally {
            open.remove(connection);
        }
    }

    void readRequest(Socket connection) throws IOException {
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
        requests.add(text + new String(body, StandardCharsets.ISO_8859_1));
        if (body.length < length) {
            throw new EOFException();
        }
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "raw server");
        thread.setDaemon(true);
        thread.start();
    }
}
