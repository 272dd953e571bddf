package com.example.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;

/** What the calls themselves cost: Apache HttpClient, as many threads as the component has, and a timer. */
final class PollFloor implements PollWorker.Poller {

    private static final int THREADS = 16;
    private static final int WARM_UP_CALLS = (int) (20_000 * PollWorker.WARM_UP);

    private final ScheduledExecutorService threads = Executors.newScheduledThreadPool(THREADS);
    private final CloseableHttpClient http = Floor.client();
    private final LongAdder calls = new LongAdder();
    private final String url;
    private final long intervalNanos;
    private int tasks;

    PollFloor(String baseUrl, int interval) {
        this.url = baseUrl + "/api/video/v1/tasks/";
        this.intervalNanos = TimeUnit.SECONDS.toNanos(interval);
    }

    @Override
    public void warmUp() throws Exception {
        List<Callable<Object>> looks =
                Collections.nCopies(WARM_UP_CALLS, Executors.callable(() -> look(url + "warm-up")));
        threads.invokeAll(looks);
    }

    @Override
    public void add(int more) {
        for (int i = 0; i < more; i++) {
            String task = url + "task-" + ++tasks;
            threads.scheduleAtFixedRate(
                    () -> look(task), intervalNanos * i / more, intervalNanos, TimeUnit.NANOSECONDS);
        }
    }

    @Override
    public long calls() {
        return calls.sum();
    }

    private void look(String task) {
        HttpGet request = new HttpGet(task);
        request.setHeader("X-API-KEY", "benchmark");
        try {
            http.execute(request, response -> {
                try (InputStream in = response.getEntity().getContent()) {
                    return in.transferTo(OutputStream.nullOutputStream());
                }
            });
            calls.increment();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
