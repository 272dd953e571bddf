package com.example.benchmark;

import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The server's end of a connection. It knows only what the contenders do: HTTP/1.1, a {@code Content-Length} or no body, one
 * request after the other.
 */
final class Connection {

    /** In the first line of output of a server. */
    static final String LISTENING = "listening on ";

    private static final int BUFFER = 64 * 1024;
    private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final Pattern LENGTH = Pattern.compile("\r\ncontent-length: *(\\d+)\r\n");
    private static final String EXPECT = "\r\nexpect: 100-continue\r\n";
    private static final String CONTINUE = "HTTP/1.1 100 Continue\r\n\r\n";

    private final SocketChannel channel;
    private final ByteBuffer in = ByteBuffer.allocateDirect(BUFFER).limit(0);

    /**
     * A request, its body still to be read.
     *
     * @param call   method and path
     * @param length of the body
     */
    record Request(String call, long length) {}

    /** Answers one request after the other. */
    @FunctionalInterface
    interface Service {
        void answer(Connection connection) throws IOException;
    }

    private Connection(SocketChannel channel) {
        this.channel = channel;
    }

    /** A server that ends with whoever has started this process. */
    static void serve(Service service) throws IOException {
        ServerSocketChannel port = ServerSocketChannel.open();
        port.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
        System.out.println(LISTENING + ((InetSocketAddress) port.getLocalAddress()).getPort());
        start(() -> accept(port, service));
        System.in.transferTo(OutputStream.nullOutputStream());
    }

    int port() throws IOException {
        return ((InetSocketAddress) channel.getLocalAddress()).getPort();
    }

    /** Waits for it. */
    Request nextRequest() throws IOException {
        String head = head();
        String headers = head.toLowerCase(Locale.ROOT);
        Matcher length = LENGTH.matcher(headers);
        if (headers.contains(EXPECT)) {
            write(CONTINUE);
        }
        return new Request(
                head.substring(0, head.indexOf(" HTTP/")), length.find() ? Long.parseLong(length.group(1)) : 0);
    }

    /** @param reader sees each part of it, which is thrown away then */
    void readBody(long length, Consumer<ByteBuffer> reader) throws IOException {
        long left = length;
        while (left > 0) {
            if (!in.hasRemaining()) {
                fill();
            }
            int n = (int) Math.min(left, in.remaining());
            reader.accept(in.slice(in.position(), n));
            in.position(in.position() + n);
            left -= n;
        }
    }

    void write(String ascii) throws IOException {
        write(ByteBuffer.wrap(ascii.getBytes(StandardCharsets.US_ASCII)));
    }

    void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** From the page cache to the socket. */
    void write(FileChannel file) throws IOException {
        for (long at = 0; at < file.size(); ) {
            at += file.transferTo(at, file.size() - at, channel);
        }
    }

    private static void accept(ServerSocketChannel port, Service service) {
        try {
            while (true) {
                SocketChannel connection = port.accept();
                start(() -> serve(connection, service));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void serve(SocketChannel channel, Service service) {
        try (channel) {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            Connection connection = new Connection(channel);
            while (true) {
                service.answer(connection);
            }
        } catch (EOFException e) {
            // the client has done with this connection
        } catch (IOException | RuntimeException e) {
            System.err.println("A connection ended: " + e);
        }
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work);
        thread.setDaemon(true);
        thread.start();
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        int matched = 0;
        while (matched < END_OF_HEAD.length) {
            if (!in.hasRemaining()) {
                fill();
            }
            byte b = in.get();
            matched = b == END_OF_HEAD[matched] ? matched + 1 : b == END_OF_HEAD[0] ? 1 : 0;
            head.append((char) b);
        }
        return head.toString();
    }

    private void fill() throws IOException {
        in.clear();
        int n = channel.read(in);
        in.flip();
        if (n < 0) {
            throw new EOFException();
        }
    }
}
