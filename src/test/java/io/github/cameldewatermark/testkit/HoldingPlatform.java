package io.github.cameldewatermark.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Random;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The erase call of a platform that holds all requests until so many are there, and again all answers when half of each is
 * sent. Who doesn't have them all under way at once is refused.
 */
public final class HoldingPlatform implements AutoCloseable {

    private static final int COMMENT = 0xFE;
    private static final int HEAD = 8 * 1024;
    private static final Pattern NUMBER = Pattern.compile("(?:picture|result) (\\d+)");
    private static final long MOST_SECONDS = 60;

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CyclicBarrier all;
    private final AtomicInteger calls = new AtomicInteger();
    private final int size;

    /**
     * @param pictures how many come at once
     * @param size     of each and of its result, in bytes, about
     */
    public HoldingPlatform(int pictures, int size) throws IOException {
        this.all = new CyclicBarrier(pictures);
        this.size = size;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(EraseStub.PATH, this::answer);
        server.setExecutor(threads);
        server.start();
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public int calls() {
        return calls.get();
    }

    /** A JPEG, as long as nobody decodes it: what should be its pixels is noise. */
    public byte[] picture(int number) {
        return jpeg("picture " + number, number);
    }

    /** What becomes of it: other noise. */
    public byte[] result(int number) {
        return jpeg("result " + number, -1 - number);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private byte[] jpeg(String comment, int seed) {
        byte[] start =
                PictureSamples.segment(TestPictures.jpeg(), COMMENT, comment.getBytes(StandardCharsets.US_ASCII));
        byte[] jpeg = Arrays.copyOf(start, start.length + size);
        byte[] noise = new byte[size];
        new Random(seed).nextBytes(noise);
        for (int i = 0; i < size; i++) {
            jpeg[start.length - 2 + i] = (byte) (noise[i] & 0x7F); // no markers
        }
        jpeg[jpeg.length - 2] = (byte) 0xFF;
        jpeg[jpeg.length - 1] = (byte) 0xD9;
        return jpeg;
    }

    private void answer(HttpExchange exchange) throws IOException {
        calls.incrementAndGet();
        try (exchange) {
            byte[] answer = json(result(number(exchange.getRequestBody())));
            if (!allAreHere()) {
                exchange.sendResponseHeaders(503, -1);
                return;
            }
            exchange.sendResponseHeaders(200, answer.length);
            try (OutputStream out = exchange.getResponseBody()) {
                out.write(answer, 0, answer.length / 2);
                if (allAreHere()) {
                    out.write(answer, answer.length / 2, answer.length - answer.length / 2);
                }
            }
        }
    }

    private static int number(InputStream form) throws IOException {
        Matcher number = NUMBER.matcher(new String(form.readNBytes(HEAD), StandardCharsets.ISO_8859_1));
        form.transferTo(OutputStream.nullOutputStream());
        if (!number.find()) {
            throw new IOException("not one of the pictures");
        }
        return Integer.parseInt(number.group(1));
    }

    private static byte[] json(byte[] result) {
        String base64 = Base64.getEncoder().encodeToString(result);
        return ("{\"edited_image\":{\"image\":\"" + base64 + "\"},\"session_id\":\"s\"}")
                .getBytes(StandardCharsets.US_ASCII);
    }

    private boolean allAreHere() {
        try {
            all.await(MOST_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (Exception e) {
            return false;
        }
    }
}
