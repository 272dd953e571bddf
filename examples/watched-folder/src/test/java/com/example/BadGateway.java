package com.example;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntPredicate;

/** A proxy before a page that answers 502, with a page of its own, to some of the requests. */
final class BadGateway implements AutoCloseable {

    private final HttpClient http = HttpClient.newHttpClient();
    private final AtomicInteger requests = new AtomicInteger();
    private final HttpServer server;
    private final URI page;
    private final IntPredicate isBad;

    /** @param isBad whether it answers 502, by the number of the request; the first one is 1 */
    BadGateway(String page, IntPredicate isBad) throws IOException {
        this.page = URI.create(page);
        this.isBad = isBad;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        if (isBad.test(requests.incrementAndGet())) {
            send(
                    exchange,
                    502,
                    "text/html",
                    "<html><body><h1>502 Bad Gateway</h1></body></html>".getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            HttpResponse<byte[]> answer = http.send(HttpRequest.newBuilder(page).build(), BodyHandlers.ofByteArray());
            List.of("Content-Security-Policy", "X-Content-Type-Options").forEach(name -> exchange.getResponseHeaders()
                    .put(name, answer.headers().allValues(name)));
            send(exchange, 200, "text/html; charset=utf-8", answer.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void send(HttpExchange exchange, int status, String type, byte[] body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
