package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.VideoTask;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.journal.Claims;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.TaskEntries;
import io.github.cameldewatermark.observe.Charges;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.camel.Exchange;

/** The tasks of clips in the journal of an endpoint. Without a journal, it finds and notes nothing. */
final class ClipJournal {

    /** {@code null} without a journal. */
    private final Claims claims;

    private final TaskEntries entries;
    private final AccountId account;
    private final Delays delays;
    private final Duration patience;

    ClipJournal(OperationContext context, Delays delays, Duration patience) {
        this.claims = context.claims();
        this.entries = claims == null ? null : new TaskEntries(claims.journal());
        this.account = context.account();
        this.delays = delays;
        this.patience = patience;
    }

    boolean isThere() {
        return claims != null;
    }

    /**
     * Returns the task of a clip: the one that is known, or one that is submitted once among all who ask for it.
     *
     * @param payAgain whether to submit a new task in spite of what is known
     * @param submit   submits a task, or goes on with the one of the claim
     * @param resume   goes on with a task that is submitted
     */
    CompletableFuture<VideoTask> task(
            Exchange exchange,
            Content clip,
            boolean payAgain,
            Function<Claim, CompletableFuture<VideoTask>> submit,
            Function<Entry, CompletableFuture<VideoTask>> resume) {
        if (claims == null) {
            return submit.apply(Claim.WITHOUT_JOURNAL);
        }
        String given = exchange.getMessage().getHeader(DewatermarkConstants.TASK_KEY, String.class);
        return account.get(patience, delays)
                .thenCompose(id -> claims.settle(
                        new Claims.Work<>(
                                RequestKey.ofClip(id, given == null || given.isBlank() ? null : given, clip),
                                VideoOperation.NAME,
                                clip.name(),
                                payAgain,
                                submit,
                                resume),
                        delays));
    }

    /** The task is completed, and so it is charged. */
    void completed(RunningTask running, VideoTask task, String name) {
        if (running.entry() == null && entries != null) {
            entries.completed(VideoOperation.NAME, name, task.taskId(), Charges.price(task));
        }
        note(running, entry -> entries.completed(entry, Charges.price(task)));
    }

    /** The id of the task is handed on, which was all that was asked for. */
    void handedOn(RunningTask running) {
        note(running, entry -> entries.handedOn(entry, null));
    }

    /** Notes that the clip is handed on. Returns whether that was so before, so that it was said what it has cost. */
    boolean isHandedOnAgain(RunningTask running, VideoTask task) {
        return running.entry() != null && entries.handedOn(running.entry(), Charges.price(task));
    }

    /** The task has failed and is refunded. */
    void refunded(RunningTask running) {
        note(running, entry -> entries.refunded(entry));
    }

    /** The platform doesn't know the task, or has no result of it any more. */
    void lost(RunningTask running, Billed billed, String reason) {
        note(running, entry -> entries.lost(entry, billed, reason));
    }

    private void note(RunningTask running, Consumer<Entry> change) {
        if (running.entry() != null) {
            change.accept(running.entry());
        }
    }
}
