package io.github.cameldewatermark.sandbox;

import io.github.cameldewatermark.sandbox.http.Faults;
import io.github.cameldewatermark.sandbox.http.RequestLog;
import io.github.cameldewatermark.sandbox.http.SandboxServer;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import io.github.cameldewatermark.sandbox.platform.Platform;
import io.github.cameldewatermark.sandbox.platform.Task;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;

/**
 * A Dewatermark platform of one's own, on a port of the loopback address. It does what the API document says, for keys
 * and credits of its own, and needs no network.
 *
 * <pre>{@code
 * try (Sandbox sandbox = Sandbox.start()) {
 *     // baseUrl=sandbox.baseUrl() apiKey=sandbox.apiKey()
 * }
 * }</pre>
 */
public final class Sandbox implements AutoCloseable {

    private final Platform platform;
    private final SandboxServer server;
    private final String apiKey;

    Sandbox(Platform platform, SandboxServer server, String apiKey) {
        this.platform = platform;
        this.server = server;
        this.apiKey = apiKey;
    }

    /** Starts one with the key {@value SandboxBuilder#DEFAULT_API_KEY}, 1000 credits, on a free port. */
    public static Sandbox start() {
        return builder().start();
    }

    public static SandboxBuilder builder() {
        return new SandboxBuilder();
    }

    /** {@code http://127.0.0.1:port}, without a slash at the end. */
    public String baseUrl() {
        return server.baseUrl();
    }

    /** The key, the first one if there are several. */
    public String apiKey() {
        return apiKey;
    }

    /** The credits that are left to {@link #apiKey()}. */
    public BigDecimal balance() {
        return balance(apiKey);
    }

    /** The credits that are left to a key. */
    public BigDecimal balance(String key) {
        return platform.balance(platform.accounts().authenticate(key));
    }

    /** Buys credits for {@link #apiKey()}. */
    public void grant(long credits) {
        try {
            platform.accounts().grant(apiKey, BigDecimal.valueOf(credits));
        } catch (IOException e) {
            throw new UncheckedIOException("The credits can't be granted", e);
        }
    }

    /** Who a key is in the ledger and to the credit call. */
    public String userId(String key) {
        return platform.accounts().authenticate(key).userId();
    }

    /** Every charge and refund so far, oldest first. */
    public List<LedgerEntry> ledger() {
        return platform.ledger();
    }

    /** All tasks as they are now, oldest first. */
    public List<Task> tasks() {
        return platform.allTasks();
    }

    /** A task as it is now. */
    public Task task(String taskId) {
        return tasks().stream()
                .filter(task -> task.taskId().equals(taskId))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("There is no task " + taskId));
    }

    /** The requests so far. */
    public RequestLog requests() {
        return server.log();
    }

    /** What is to go wrong. */
    public Faults faults() {
        return server.faults();
    }

    /** Stops; what was in the middle of something goes on if a sandbox is started with the same data folder. */
    @Override
    public void close() {
        server.close();
        try {
            platform.close();
        } catch (IOException e) {
            throw new UncheckedIOException("The sandbox can't be closed", e);
        }
    }
}
