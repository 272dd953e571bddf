package io.github.cameldewatermark.sandbox.http;

import com.sun.net.httpserver.HttpExchange;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** The requests so far. Counts are of all of them, details of the latest ones. */
public final class RequestLog {

    private static final int MOST_KEPT = 20_000;

    private final Clock clock;
    private final Deque<LoggedRequest> latest = new ArrayDeque<>();
    private final List<LoggedRequest> leaks = new ArrayList<>();
    private final Map<Call, Long> arrived = new EnumMap<>(Call.class);
    private final Map<Call, Long> counts = new EnumMap<>(Call.class);
    private final Map<Call, Long> bytes = new EnumMap<>(Call.class);

    RequestLog(Clock clock) {
        this.clock = clock;
    }

    synchronized void arrive(Call call) {
        if (call != null) {
            arrived.merge(call, 1L, Long::sum);
        }
    }

    synchronized void add(HttpExchange exchange, Call call, int status) {
        LoggedRequest request = new LoggedRequest(
                clock.instant(),
                call,
                exchange.getRequestMethod(),
                exchange.getRequestURI().getPath(),
                headers(exchange),
                status);
        if (latest.size() == MOST_KEPT) {
            latest.removeFirst();
        }
        latest.add(request);
        if (call != null) {
            counts.merge(call, 1L, Long::sum);
        }
        if (request.leaksKey()) {
            leaks.add(request);
        }
    }

    private static Map<String, List<String>> headers(HttpExchange exchange) {
        Map<String, List<String>> headers = new TreeMap<>();
        exchange.getRequestHeaders().forEach((name, values) -> {
            boolean key = name.equalsIgnoreCase(Request.API_KEY);
            headers.put(name.toLowerCase(Locale.ROOT), key ? List.of("***") : List.copyOf(values));
        });
        return headers;
    }

    synchronized void sent(Call call, int count) {
        if (call != null) {
            bytes.merge(call, (long) count, Long::sum);
        }
    }

    /** How many bytes the bodies of all answers to requests of a kind had; what a cut left out doesn't count. */
    public synchronized long bytesSent(Call call) {
        return bytes.getOrDefault(call, 0L);
    }

    /** The latest requests, oldest first. */
    public synchronized List<LoggedRequest> all() {
        return List.copyOf(latest);
    }

    /** The latest requests of a kind, oldest first. */
    public synchronized List<LoggedRequest> of(Call call) {
        return latest.stream().filter(request -> request.call() == call).toList();
    }

    /** How many requests of a kind have arrived, those included that aren't answered yet. */
    public synchronized long arrived(Call call) {
        return arrived.getOrDefault(call, 0L);
    }

    /** How many requests of a kind there have been, without those that aren't answered yet. */
    public synchronized long count(Call call) {
        return counts.getOrDefault(call, 0L);
    }

    /** Requests that gave the API key to storage: a client that does so has a bug. */
    public synchronized List<LoggedRequest> leaks() {
        return List.copyOf(leaks);
    }

    /** Forgets the requests so far. */
    public synchronized void clear() {
        latest.clear();
        leaks.clear();
        arrived.clear();
        counts.clear();
        bytes.clear();
    }
}
