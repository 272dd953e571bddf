package io.github.cameldewatermark.journal;

import static io.github.cameldewatermark.journal.JournalFailures.unusable;

import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

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
            throw unusable(operation, "anything", e);
        }
    }

    /**
     * Reserves room for an answer.
     *
     * @throws DewatermarkStorageException if there isn't enough
     */
    public Journal.Room reserveRoom(String operation, String name, long bytes) {
        try {
            return journal.reserveRoom(bytes);
        } catch (IOException e) {
            throw unusable(operation, name, e);
        }
    }

    public Journal journal() {
        return journal;
    }

    /**
     * What is to be worked on.
     *
     * @param key       see {@link Entry#key()}
     * @param operation the operation, such as {@code erase}
     * @param name      the name of the file
     * @param payAgain  whether to pay in spite of what is known about it, unless somebody is paying at this moment
     */
    public record Work(String key, String operation, String name, boolean payAgain) {}

    /**
     * Holds what is to be worked on, as soon as nobody else does.
     *
     * @param waits closing them ends a wait
     */
    public CompletableFuture<Claim> hold(Work work, Delays waits) {
        CompletableFuture<Void> mine = new CompletableFuture<>();
        CompletableFuture<Void> other = working.putIfAbsent(work.key(), mine);
        if (other != null) {
            return holdAfter(waits.untilClosed(other), work, waits);
        }
        Runnable next = () -> {
            working.remove(work.key(), mine);
            mine.complete(null);
        };
        Claim claim = null;
        try {
            claim = attempt(work, next);
        } catch (RuntimeException | Error e) {
            return CompletableFuture.failedFuture(e);
        } finally {
            if (claim == null) {
                next.run();
            }
        }
        return claim == null ? holdAfter(waits.after(POLL), work, waits) : CompletableFuture.completedFuture(claim);
    }

    /** Whoever has waited for somebody who is paying, gets that answer and doesn't pay again. */
    private CompletableFuture<Claim> holdAfter(CompletableFuture<Void> wait, Work work, Delays waits) {
        return Delays.ifStopped(
                        wait,
                        stopped -> new DewatermarkTransportException(
                                work.operation(),
                                work.name()
                                        + " was waiting for the answer to the same content when the route was stopped."
                                        + " Nothing was charged for it.",
                                Billed.NO,
                                true,
                                stopped))
                .thenCompose(over -> hold(new Work(work.key(), work.operation(), work.name(), false), waits));
    }

    /** Returns {@code null} if somebody else works on the key. */
    private Claim attempt(Work work, Runnable next) {
        try {
            Entry entry = journal.claim(work.key(), work.operation(), work.name());
            if (entry.state().mayBeTakenOver() && journal.isMine(entry)) {
                return Claim.toPay(journal, entry, null, next);
            }
            if (entry.state().isWaitedFor()) {
                return null;
            }
            if (!work.payAgain()) {
                return Claim.ofKnown(journal, entry, next);
            }
            Entry again = journal.claimAgain(entry);
            return journal.isMine(again) ? Claim.toPay(journal, again, entry, next) : null;
        } catch (IOException e) {
            throw unusable(work.operation(), work.name(), e);
        }
    }
}
