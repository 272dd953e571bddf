package io.github.cameldewatermark.sandbox.http;

import com.sun.net.httpserver.HttpServer;
import io.github.cameldewatermark.sandbox.platform.Platform;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The HTTP server of a platform, on the loopback address only. */
public final class SandboxServer implements AutoCloseable {

    private static final int BACKLOG = 1024;
    private static final int THREADS = 64;
    private static final int IDLE_SECONDS = 10;
    private static final int CLOSE_SECONDS = 5;

    static {
        // without it each small answer waits 40 ms for an acknowledgement; it can only be said for the whole JVM
        if (System.getProperty("sun.net.httpserver.nodelay") == null) {
            System.setProperty("sun.net.httpserver.nodelay", "true");
        }
    }

    private final HttpServer server;
    private final ExecutorService threads;
    private final Faults faults = new Faults();
    private final RequestLog log;
    private final String baseUrl;

    /**
     * @param apiKey    the key in the examples at {@code /}
     * @param port      0: any that is free
     * @param rateLimit requests that each key has in a second; 0: any number
     */
    public SandboxServer(Platform platform, String apiKey, int port, int rateLimit, Clock clock) throws IOException {
        InetAddress loopback = InetAddress.getByAddress("127.0.0.1", new byte[] {127, 0, 0, 1});
        server = HttpServer.create(new InetSocketAddress(loopback, port), BACKLOG);
        baseUrl = "http://127.0.0.1:" + server.getAddress().getPort();
        log = new RequestLog(clock);
        threads = threads();
        server.setExecutor(threads);
        server.createContext(
                "/", new Door(new Routes(platform, new RateLimit(rateLimit, clock), baseUrl, apiKey), faults, log));
        server.start();
    }

    private static ExecutorService threads() {
        AtomicInteger number = new AtomicInteger();
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                THREADS, THREADS, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), work -> {
                    Thread thread = new Thread(work, "dewatermark-sandbox-http-" + number.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    public String baseUrl() {
        return baseUrl;
    }

    public Faults faults() {
        return faults;
    }

    public RequestLog log() {
        return log;
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
        try {
            threads.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
