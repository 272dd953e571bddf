package io.github.cameldewatermark.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What came in. */
final class Request {

    static final String API_KEY = "X-API-KEY";

    private final HttpExchange exchange;
    private final List<Fault> faults;

    Request(HttpExchange exchange, List<Fault> faults) {
        this.exchange = exchange;
        this.faults = faults;
    }

    String method() {
        return exchange.getRequestMethod();
    }

    String path() {
        return exchange.getRequestURI().getPath();
    }

    /** The first value, or {@code null}. */
    String header(String name) {
        return exchange.getRequestHeaders().getFirst(name);
    }

    /** The content type, or an empty text. */
    String contentType() {
        String type = header("Content-Type");
        return type == null ? "" : type;
    }

    /** -1: not announced. */
    long contentLength() {
        String length = header("Content-Length");
        return length == null ? -1 : Long.parseLong(length);
    }

    InputStream body() {
        return exchange.getRequestBody();
    }

    /** Reads what nobody has read: an answer before the end of a request may not reach the client. */
    void drain() throws IOException {
        body().transferTo(OutputStream.nullOutputStream());
    }

    /** The parameters of the query. */
    Map<String, String> query() {
        return parameters(exchange.getRequestURI().getRawQuery());
    }

    /** Whether a fault was scripted for this very request. */
    boolean has(Class<? extends Fault> kind) {
        return faults.stream().anyMatch(kind::isInstance);
    }

    /** Names and values as a query or an urlencoded form has them. */
    static Map<String, String> parameters(String encoded) {
        Map<String, String> parameters = new LinkedHashMap<>();
        if (encoded != null && !encoded.isEmpty()) {
            for (String pair : encoded.split("&")) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                parameters.put(decode(name), decode(value));
            }
        }
        return parameters;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // a lone percent sign stands for itself
            return text;
        }
    }
}
