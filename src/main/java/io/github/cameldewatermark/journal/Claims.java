package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.client.throttle.Delays;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Lets one exchange at a time work on a key, among all that use a journal; the others wait without a thread, and then get what
 * the first one got.
 */
public final class Claims {

    /** How often an entry is read that another process works on. */
    private static final Duration POLL = Duration.ofSeconds(1);

    private final Journal journal;
    private final Clock clock;

    private final KeyLocks keys = new KeyLocks();

    /** To be shared by all who use the same journal in this process. */
    public Claims(Journal journal) {
        this(journal, Clock.systemUTC());
    }

    Claims(Journal journal, Clock clock) {
        this.journal = journal;
        this.clock = clock;
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
            throw EntryClaim.unusable(operation, "anything", e);
        }
    }

    /** Returns the journal of these claims. */
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
            Function<Entry, CompletableFuture<T>> known) {

        Work<T> withoutPayingAgain() {
            return new Work<>(key, operation, name, false, pay, known);
        }
    }

    /**
     * Does the work, or waits until others have done it.
     *
     * @param waits closing them ends a wait
     */
    public <T> CompletableFuture<T> settle(Work<T> work, Delays waits) {
        return keys.alone(
                        work.key(),
                        work.operation(),
                        work.name(),
                        waits,
                        waited -> attempt(work, work.payAgain() && !waited))
                .thenCompose(done -> done.isPresent()
                        ? CompletableFuture.completedFuture(done.get())
                        : KeyLocks.named(waits.after(POLL), work.operation(), work.name())
                                .thenCompose(over -> settle(work.withoutPayingAgain(), waits)));
    }

    /** Returns nothing if somebody else works on the key. */
    private <T> CompletableFuture<Optional<T>> attempt(Work<T> work, boolean payAgain) {
        try {
            Entry entry = journal.claim(work.key(), work.operation(), work.name());
            if (entry.state().isTakenOver() && journal.isMine(entry)) {
                return paid(work, new EntryClaim(journal, entry, null, clock)).thenApply(Optional::of);
            }
            if (entry.state().isWaitedFor()) {
                return CompletableFuture.completedFuture(Optional.empty());
            }
            if (!payAgain) {
                return work.known().apply(entry).thenApply(Optional::of);
            }
            Entry again = journal.claimAgain(entry);
            return journal.isMine(again)
                    ? paid(work, new EntryClaim(journal, again, entry, clock)).thenApply(Optional::of)
                    : CompletableFuture.completedFuture(Optional.empty());
        } catch (IOException e) {
            throw EntryClaim.unusable(work.operation(), work.name(), e);
        }
    }

    private static <T> CompletableFuture<T> paid(Work<T> work, EntryClaim claim) {
        CompletableFuture<T> paid;
        try {
            paid = work.pay().apply(claim);
        } catch (RuntimeException | Error e) {
            paid = CompletableFuture.failedFuture(e);
        }
        return paid.whenComplete((answer, error) -> claim.end(Failures.cause(error)));
    }
}
