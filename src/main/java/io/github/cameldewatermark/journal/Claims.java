package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * Lets one exchange at a time work on a key, among all that use a journal; the others wait without a thread, and then get what
 * the first one got.
 */
public final class Claims {

    /** How often an entry is read that another process works on. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Journal journal;

    /** What this process works on, by its key; the others wait for its end. */
    private final Map<String, CompletableFuture<Void>> working = new ConcurrentHashMap<>();

    /** To be shared by all who use the same journal in this process. */
    public Claims(Journal journal) {
        this.journal = journal;
    }

    /**
     * Checks that the journal can be used.
     *
     * @throws DewatermarkStorageException if not
     */
    public void requireStorage(String operation) {
        try {
            journal.check();
        } catch (IOException e) {
            throw Claim.unusable(operation, "anything", e);
        }
    }

    public Journal journal() {
        return journal;
    }

    /**
     * What to do about a key.
     *
     * @param key       see {@link Entry#key()}
     * @param operation the operation, such as {@code erase}
     * @param name      the name of the file
     * @param payAgain  whether to pay in spite of what is known about it, unless somebody is paying at this moment
     * @param pay       gets the answer from the platform, and keeps it by the claim
     * @param known     handles an entry that nobody works on: {@link State#RESULT}, {@link State#UNKNOWN} or
     *                  {@link State#SUBMITTED}
     */
    public record Work<T>(
            String key,
            String operation,
            String name,
            boolean payAgain,
            Function<Claim, CompletableFuture<T>> pay,
            Function<Entry, CompletableFuture<T>> known) {}

    /**
     * Does the work, or waits until others have done it.
     *
     * @param waits closing them ends a wait
     */
    public <T> CompletableFuture<T> settle(Work<T> work, Delays waits) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = working.putIfAbsent(work.key(), mine);
        if (other != null) {
            return settleAfter(waits.untilClosed(other), work, waits);
        }
        return CompletableFuture.completedFuture(work)
                .thenCompose(this::attempt) // what it throws is a failure of the future
                .whenComplete((done, error) -> {
                    working.remove(work.key(), mine);
                    mine.complete(null);
                })
                .thenCompose(done -> done.isPresent()
                        ? CompletableFuture.completedFuture(done.get())
                        : settleAfter(waits.after(POLL), work, waits));
    }

    /** Whoever has waited for somebody who is paying, gets that answer and doesn't pay again. */
    private <T> CompletableFuture<T> settleAfter(CompletableFuture<Void> wait, Work<T> work, Delays waits) {
        Work<T> next = new Work<>(work.key(), work.operation(), work.name(), false, work.pay(), work.known());
        return wait.exceptionallyCompose(error -> CompletableFuture.failedFuture(
                        Failures.cause(error) instanceof CancellationException stopped
                                ? new DewatermarkTransportException(
                                        work.operation(),
                                        work.name()
                                                + " was waiting for the answer to the same content when the route was"
                                                + " stopped. Nothing was charged for it.",
                                        Billed.NO,
                                        true,
                                        stopped)
                                : error))
                .thenCompose(over -> settle(next, waits));
    }

    /** Returns nothing if somebody else works on the key. */
    private <T> CompletableFuture<Optional<T>> attempt(Work<T> work) {
        try {
            Entry entry = journal.claim(work.key(), work.operation(), work.name());
            if (entry.state().mayBeTakenOver() && journal.isMine(entry)) {
                return pay(work, new Claim(journal, entry, null));
            }
            if (entry.state().isWaitedFor()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            if (!work.payAgain()) {
                return work.known().apply(entry).thenApply(Optional::of);
            }
            Entry again = journal.claimAgain(entry);
            return journal.isMine(again)
                    ? pay(work, new Claim(journal, again, entry))
                    : CompletableFuture.completedFuture(Optional.empty());
        } catch (IOException e) {
            throw Claim.unusable(work.operation(), work.name(), e);
        }
    }

    private static <T> CompletableFuture<Optional<T>> pay(Work<T> work, Claim claim) {
        return CompletableFuture.completedFuture(claim)
                .thenCompose(work.pay())
                .whenComplete((answer, error) -> claim.end(Failures.cause(error)))
                .thenApply(Optional::of);
    }
}
