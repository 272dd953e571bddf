package io.github.cameldewatermark.sandbox.platform;

import io.github.cameldewatermark.sandbox.pixel.ClipEngine.CleanedClip;
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
 * The video tasks and their life. A task moves on when somebody looks at it, by {@link TaskTiming}; only the engine's
 * work happens on its own, in {@link ClipWork}.
 *
 * <p>The order of writes makes the accounting exact however the process ends: the task first, then the ledger, which
 * books each task once; at the next start what is missing in the ledger is made up for.
 */
public final class VideoTasks {

    private final Map<String, VideoTask> tasks = new LinkedHashMap<>();
    private final Path folder;
    private final ObjectStore store;
    private final Accounts accounts;
    private final Ledger ledger;
    private final Prices prices;
    private final TaskTiming timing;
    private final Clock clock;
    private final ClipWork work;

    VideoTasks(
            Path folder,
            ObjectStore store,
            Accounts accounts,
            Ledger ledger,
            Prices prices,
            TaskTiming timing,
            Clock clock,
            ClipWork work)
            throws IOException {
        this.folder = folder;
        this.store = store;
        this.accounts = accounts;
        this.ledger = ledger;
        this.prices = prices;
        this.timing = timing;
        this.clock = clock;
        this.work = work;
        Json.readAll(folder, VideoTask.class).stream()
                .sorted((a, b) -> Long.compare(a.createdAt(), b.createdAt()))
                .forEach(task -> tasks.put(task.taskId(), task));
        goOn();
    }

    /** Picks up what an earlier process left. */
    private synchronized void goOn() {
        for (VideoTask task : List.copyOf(tasks.values())) {
            if (task.status() == TaskStatus.FAILED) {
                ledger.refund(task.taskId(), clock.instant());
            } else if (task.status() == TaskStatus.PROCESSING && accounts.byUserId(task.userId()) != null) {
                chargeIfKnown(task);
                startWork(task);
            }
        }
    }

    /** Section "Step 1: Generate Upload URL". Costs nothing. */
    public synchronized VideoTask create(Account account) {
        VideoTask task = VideoTask.created(Ids.next(), account.userId(), clock.millis());
        save(task);
        return task;
    }

    /**
     * Section "Step 3: Submit Task". Our reading:
     * <ul>
     * <li>a task that was submitted before is returned as it is and not charged again;</li>
     * <li>the charge is made here when the clip's header says how long it is, otherwise when the engine has measured it;
     * here the credits must suffice, there the task fails if they don't;</li>
     * <li>what isn't a clip is found out by the engine: the task fails.</li>
     * </ul>
     *
     * @param  brush   a PNG of exactly the size of the clip, white where to erase; {@code null}: the engine looks for the watermark
     * @param  doomed  whether the task is to fail at its end
     * @throws Refusal NOT_FOUND: no such task of this account; BAD_REQUEST: nothing was uploaded, or the brush doesn't fit;
     *                 FORBIDDEN: not enough credits
     */
    public synchronized VideoTask submit(Account account, String taskId, Path brush, boolean doomed)
            throws IOException {
        VideoTask task = find(account, taskId);
        if (task.status() != TaskStatus.CREATED) {
            return task;
        }
        if (!store.hasUpload(taskId)) {
            throw Refusal.badRequest("No video was uploaded for task " + taskId);
        }
        OptionalDouble length = lengthOf(taskId);
        ledger.requireCredit(
                account, length.isPresent() ? prices.ofClip(length.getAsDouble()) : BigDecimal.valueOf(1, 1));
        if (brush != null) {
            work.keepBrush(taskId, brush);
        }
        VideoTask submitted =
                task.submitted(clock.millis(), length.isPresent() ? length.getAsDouble() : null, brush != null, doomed);
        save(submitted);
        chargeIfKnown(submitted);
        startWork(submitted);
        return submitted;
    }

    private OptionalDouble lengthOf(String taskId) {
        try {
            return ClipLength.of(store.upload(taskId));
        } catch (IOException e) {
            // cut short inside a box; what to make of it is the engine's business
            return OptionalDouble.empty();
        }
    }

    /**
     * Section "Step 4: Poll Task Status". Somebody else's task doesn't exist, our reading.
     *
     * @throws Refusal NOT_FOUND: no such task of this account
     */
    public synchronized VideoTask find(Account account, String taskId) {
        VideoTask task = tasks.get(taskId);
        if (task == null || !task.userId().equals(account.userId())) {
            throw Refusal.notFound("There is no such task");
        }
        return advance(task);
    }

    /** 0 to 1. */
    public double progress(VideoTask task) {
        return timing.progress(task, clock.millis());
    }

    /** All tasks as they are now, oldest first. */
    public synchronized List<VideoTask> all() {
        List<VideoTask> now = new ArrayList<>();
        List.copyOf(tasks.values()).forEach(task -> now.add(advance(task)));
        return now;
    }

    private VideoTask advance(VideoTask task) {
        VideoTask now = timing.advance(task, clock.millis());
        if (now.status() != task.status()) {
            save(now);
            if (now.status() == TaskStatus.FAILED) {
                // "Any failed or timeout tasks will result in a credit refund", section "Pricing"
                ledger.refund(now.taskId(), Instant.ofEpochMilli(now.completedAt()));
            }
        }
        return now;
    }

    private void startWork(VideoTask task) {
        if (task.engineDoneAt() == null && !task.doomed()) {
            String taskId = task.taskId();
            work.start(taskId, clip -> cleaned(taskId, clip), why -> broken(taskId, why));
        }
    }

    private synchronized void cleaned(String taskId, CleanedClip clip) {
        VideoTask task = tasks.get(taskId);
        // one length for price and answer: the one that was charged
        double seconds = task.seconds() == null ? clip.seconds() : task.seconds();
        VideoTask done = task.cleaned(clock.millis(), seconds, clip.hasWatermark());
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

    private void chargeIfKnown(VideoTask task) {
        if (task.seconds() != null) {
            charge(task);
        }
    }

    private void charge(VideoTask task) {
        ledger.charge(
                accounts.byUserId(task.userId()),
                clock.instant(),
                Call.SUBMIT,
                task.taskId(),
                task.taskId(),
                prices.ofClip(task.seconds()));
    }

    private void save(VideoTask task) {
        try {
            Json.write(folder, task.taskId(), task);
        } catch (IOException e) {
            throw new UncheckedIOException("A task can't be written", e);
        }
        tasks.put(task.taskId(), task);
    }
}
