package io.github.cameldewatermark.sandbox.platform;

import io.github.cameldewatermark.sandbox.platform.Cleaning.Cleaned;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;

/**
 * The tasks of one kind and their life. A task moves on when somebody looks at it, by {@link TaskTiming}; only the engine's
 * work happens on its own, in {@link TaskWork}.
 *
 * <p>The order of writes makes the accounting exact however the process ends: the task first, then the ledger, which
 * books each task once; at the next start what is missing in the ledger is made up for.
 */
public final class Tasks implements AutoCloseable {

    /** An account must have it even if it isn't known yet what a file costs. */
    private static final BigDecimal SOME_CREDIT = BigDecimal.valueOf(1, 1);

    private final Map<String, Task> tasks = new LinkedHashMap<>();
    private final Cleaning cleaning;
    private final Path folder;
    private final ObjectStore store;
    private final Accounts accounts;
    private final Ledger ledger;
    private final TaskTiming timing;
    private final Clock clock;
    private final TaskWork work;

    Tasks(Cleaning cleaning, DataFolder data, Accounts accounts, Ledger ledger, TaskTiming timing, Clock clock)
            throws IOException {
        this.cleaning = cleaning;
        this.folder = data.folder(kind().folder("tasks"));
        this.store = new ObjectStore(kind(), data);
        this.accounts = accounts;
        this.ledger = ledger;
        this.timing = timing;
        this.clock = clock;
        this.work = new TaskWork(cleaning, store);
        Json.readAll(folder, Task.class).stream()
                .sorted((a, b) -> Long.compare(a.createdAt(), b.createdAt()))
                .forEach(task -> tasks.put(task.taskId(), task));
        goOn();
    }

    /** Picks up what an earlier process left. */
    private synchronized void goOn() {
        for (Task task : List.copyOf(tasks.values())) {
            if (task.status() == TaskStatus.FAILED) {
                ledger.refund(task.taskId(), clock.instant());
            } else if (task.status() == TaskStatus.PROCESSING && accounts.byUserId(task.userId()) != null) {
                chargeIfKnown(task);
                startWork(task);
            }
        }
    }

    public TaskKind kind() {
        return cleaning.kind();
    }

    public ObjectStore store() {
        return store;
    }

    /** Section "Step 1: Generate Upload URL". Costs nothing. */
    public synchronized Task create(Account account) {
        Task task = Task.created(Ids.next(), kind(), account.userId(), clock.millis());
        save(task);
        return task;
    }

    /**
     * Section "Step 3: Submit Task". Our reading:
     * <ul>
     * <li>a task that was submitted before is returned as it is and not charged again;</li>
     * <li>the charge is made here if it is known how long the file is, otherwise when the engine has measured it; here the
     * credits must suffice, there the task fails if they don't.</li>
     * </ul>
     *
     * @param  brush   a PNG of exactly the size of the file, white where to erase; {@code null}: the engine looks for the watermark
     * @param  doomed  whether the task is to fail at its end
     * @throws Refusal NOT_FOUND: no such task of this account; BAD_REQUEST: nothing was uploaded, or the file or the brush isn't taken;
     *                 FORBIDDEN, TOO_MANY_REQUESTS, or as the settings say: not enough credits
     */
    public synchronized Task submit(Account account, String taskId, Path brush, boolean doomed) throws IOException {
        Task task = find(account, taskId);
        if (task.status() != TaskStatus.CREATED) {
            return task;
        }
        if (!store.hasUpload(taskId)) {
            throw Refusal.badRequest("No " + kind() + " was uploaded for task " + taskId);
        }
        OptionalDouble length = cleaning.length(store.upload(taskId));
        BigDecimal needed = length.isPresent() ? cleaning.price(length.getAsDouble()) : SOME_CREDIT;
        ledger.requireCredit(account, needed, cleaning.tooLittleCredit());
        if (brush != null) {
            cleaning.checkBrush(brush, store.upload(taskId));
            store.keepBrush(taskId, brush);
        }
        Task submitted =
                task.submitted(clock.millis(), length.isPresent() ? length.getAsDouble() : null, brush != null, doomed);
        save(submitted);
        try {
            chargeIfKnown(submitted);
        } catch (Refusal e) {
            save(task); // another call has taken the credits since they were looked at
            throw e;
        }
        startWork(submitted);
        return submitted;
    }

    /**
     * Section "Step 4: Poll Task Status". Somebody else's task doesn't exist, our reading.
     *
     * @throws Refusal NOT_FOUND: no such task of this account
     */
    public synchronized Task find(Account account, String taskId) {
        Task task = tasks.get(taskId);
        if (task == null || !task.userId().equals(account.userId())) {
            throw Refusal.notFound("There is no such task");
        }
        return advance(task);
    }

    /** 0 to 1. */
    public double progress(Task task) {
        return timing.progress(task, clock.millis());
    }

    /** All tasks as they are now, oldest first. */
    public synchronized List<Task> all() {
        List<Task> now = new ArrayList<>();
        List.copyOf(tasks.values()).forEach(task -> now.add(advance(task)));
        return now;
    }

    private Task advance(Task task) {
        Task now = timing.advance(task, clock.millis());
        if (now.status() != task.status()) {
            save(now);
            if (now.status() == TaskStatus.FAILED) {
                // "Any failed or timeout tasks will result in a credit refund", section "Pricing"
                ledger.refund(now.taskId(), Instant.ofEpochMilli(now.completedAt()));
            }
        }
        return now;
    }

    private void startWork(Task task) {
        if (task.engineDoneAt() == null && !task.doomed()) {
            String taskId = task.taskId();
            work.start(taskId, file -> cleaned(taskId, file), why -> broken(taskId, why));
        }
    }

    private synchronized void cleaned(String taskId, Cleaned file) {
        Task task = tasks.get(taskId);
        // one length for price and answer: the one that was charged
        double length = task.length() == null ? file.length() : task.length();
        Task done = task.cleaned(clock.millis(), length, file.hasWatermark());
        try {
            charge(done);
        } catch (Refusal e) {
            done = task.broken(clock.millis(), e.getMessage());
        }
        save(done);
    }

    private synchronized void broken(String taskId, String why) {
        save(tasks.get(taskId).broken(clock.millis(), why));
    }

    private void chargeIfKnown(Task task) {
        if (task.length() != null) {
            charge(task);
        }
    }

    private void charge(Task task) {
        ledger.charge(
                accounts.byUserId(task.userId()),
                clock.instant(),
                Call.SUBMIT,
                task.taskId(),
                task.taskId(),
                cleaning.price(task.length()));
    }

    private void save(Task task) {
        try {
            Json.write(folder, task.taskId(), task);
        } catch (IOException e) {
            throw new UncheckedIOException("A task can't be written", e);
        }
        tasks.put(task.taskId(), task);
    }

    @Override
    public void close() {
        work.close();
    }
}
