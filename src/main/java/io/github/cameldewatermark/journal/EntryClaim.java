package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The claim on an entry of a journal, which it keeps up to date. */
public final class EntryClaim implements Claim {

    private static final Logger LOG = LoggerFactory.getLogger(EntryClaim.class);

    private final Journal journal;
    private final Entry before;
    private final Clock clock;
    private Entry entry;
    private boolean inLedger;

    /** @param before the entry that is there until something is sent; {@code null} if it is {@code entry} itself */
    public EntryClaim(Journal journal, Entry entry, Entry before, Clock clock) {
        this.journal = journal;
        this.entry = entry;
        this.before = before;
        this.clock = clock;
    }

    @Override
    public Journal.Room reserve(long bytes) {
        try {
            return journal.reserve(bytes);
        } catch (IOException e) {
            throw unusable(entry.operation(), entry.name(), e);
        }
    }

    @Override
    public synchronized void sending(BigDecimal credits) {
        change(entry.in(State.SENDING).since(clock.instant()).priced(credits));
    }

    @Override
    public synchronized void refused() {
        if (entry.state() == State.SENDING) {
            tryTo("forget that it was sent, which has cost nothing", () -> {
                Entry next = entry.in(State.CLAIMED);
                journal.change(before == null ? next : before);
                entry = next;
            });
        }
    }

    /** A failure is only logged: the answer is paid for, and delivered to the one who paid. */
    @Override
    public synchronized void keep(String id, Map<String, String> facts, Map<String, Content> parts) {
        Entry next = entry.in(State.RESULT).with(facts).withId(id);
        tryTo("keep its answer, which is delivered all the same", () -> {
            journal.keep(next, parts);
            entry = next;
        });
        charged(next.charge(Billed.YES));
    }

    @Override
    public synchronized Entry entry() {
        return entry;
    }

    @Override
    public synchronized void uploaded(String taskId) {
        change(entry.in(State.UPLOADED).since(clock.instant()).withTask(taskId));
        if (before != null && before.state() == State.SUBMITTED) { // nobody will see the end of that task
            tryTo("write the ledger", () -> journal.chargedOnce(before.charge(Billed.UNKNOWN)));
        }
    }

    /** A failure is only logged: it stays uploaded, and so the platform is asked. */
    @Override
    public synchronized void submitted() {
        tryTo("remember that it is submitted", () -> {
            Entry next = entry.in(State.SUBMITTED);
            journal.change(next);
            entry = next;
        });
    }

    private void change(Entry next) {
        try {
            journal.change(next);
            entry = next;
        } catch (IOException e) {
            throw unusable(entry.operation(), entry.name(), e);
        }
    }

    /** Ends the claim: gives up what wasn't sent, and marks what may have been charged. */
    synchronized void end(Throwable error) {
        settle(error);
        journal.release(entry);
    }

    private void settle(Throwable error) {
        switch (entry.state()) {
            case CLAIMED -> {
                if (before == null) {
                    tryTo("give it up", () -> journal.remove(entry));
                }
            }
            case SENDING -> {
                boolean paid = error instanceof DewatermarkException e && e.billed() == Billed.YES;
                charged(entry.charge(paid ? Billed.YES : Billed.UNKNOWN));
                Entry next = entry.unknown(reason(error));
                tryTo("mark it as unknown", () -> journal.change(next));
            }
            case UPLOADED, SUBMITTED, UNKNOWN, RESULT -> {}
        }
    }

    private static String reason(Throwable error) {
        if (error == null) {
            return "its answer could not be kept";
        }
        return error instanceof DewatermarkException ? error.getMessage() : error.toString();
    }

    private void charged(Charge charge) {
        if (!inLedger) {
            inLedger = true;
            tryTo("write the ledger", () -> journal.charged(charge));
        }
    }

    private void tryTo(String what, Step step) {
        tryTo(entry.name(), what, step);
    }

    /** An interrupt, as of a stop by force, would make it fail; it is for later. */
    public static void tryTo(String name, String what, Step step) {
        boolean interrupted = Thread.interrupted();
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The journal fails for {}: it can't {}", name, what, e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    static DewatermarkStorageException unusable(String operation, String name, IOException cause) {
        return new DewatermarkStorageException(
                operation,
                "The journal can't be used for " + name + ", so nothing was sent and nothing was charged: "
                        + cause.getMessage(),
                cause);
    }

    public interface Step {
        void run() throws IOException;
    }
}
