package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The right to pay for something, and the duty to say how that goes, so that its entry is kept up to date. */
public final class Claim {

    private static final Logger LOG = LoggerFactory.getLogger(Claim.class);

    /** How long a reservation is as good as one that is made now. */
    private static final Duration FRESH = Duration.ofSeconds(1);

    private final Journal journal;
    private final Ledger ledger;
    private final Entry before;
    private Entry entry;
    private boolean inLedger;

    /** What is reserved in the ledger; {@code null} without a limit. */
    private Charge reserved;

    private SpendingLimit limit;

    /** @param before the entry that is there until something is sent; {@code null} if it is {@code entry} itself */
    Claim(Journal journal, Entry entry, Entry before) {
        this(journal, journal.ledger(), entry, before);
    }

    private Claim(Journal journal, Ledger ledger, Entry entry, Entry before) {
        this.journal = journal;
        this.ledger = ledger;
        this.entry = entry;
        this.before = before;
    }

    /**
     * Returns a claim on something that nobody remembers.
     *
     * @param ledger of what is reserved
     */
    public static Claim withoutJournal(Ledger ledger) {
        return new Claim(null, ledger, null, null);
    }

    /**
     * Returns the entry as it is now; {@code null} without a journal. If it is {@link State#UPLOADED} from the start, its task is to
     * be resumed.
     */
    public synchronized Entry entry() {
        return entry;
    }

    /**
     * Reserves room for the answer.
     *
     * @throws DewatermarkStorageException if there isn't enough
     */
    public Journal.Room reserve(long bytes) {
        try {
            return journal == null ? () -> {} : journal.reserve(bytes);
        } catch (IOException e) {
            throw unusable(entry.operation(), entry.name(), e);
        }
    }

    /**
     * Reserves in the ledger what is about to be paid.
     *
     * @param  limit                       what may be spent; {@code null} if there is no limit
     * @param  taskId                      what it is in the ledger; {@code null} if that is left to this claim
     * @param  credits                     the price; {@code null} if it isn't known
     * @throws DewatermarkCreditException  if the limit doesn't allow it
     * @throws DewatermarkStorageException if it can't be written, so that nothing may be sent
     */
    public synchronized void reserve(
            SpendingLimit limit, String operation, String name, String taskId, BigDecimal credits) {
        if (limit == null) {
            return;
        }
        Instant now = Instant.now();
        Charge charge = entry == null
                ? Charge.reserved(now, operation, name, credits, taskId)
                : entry.since(now).priced(credits).charge(Billed.UNKNOWN);
        this.limit = limit;
        reserve(charge);
    }

    private void reserve(Charge charge) {
        limit.reserve(ledger, charge);
        reserved = charge;
    }

    /**
     * To be called right before the first byte is sent, unless {@link #sending} is. What was held back since it was reserved, as by
     * a rate limit, counts from now on: it may have made room for others.
     *
     * @throws DewatermarkCreditException if the limit doesn't allow it any more
     */
    public synchronized void renew() {
        Instant now = Instant.now();
        if (reserved != null && reserved.time().plus(FRESH).isBefore(now)) {
            reserve(reserved.at(now));
        }
    }

    /**
     * To be called right before the first byte is sent.
     *
     * @param  credits                     the price
     * @throws DewatermarkCreditException  if the limit doesn't allow it any more
     * @throws DewatermarkStorageException if that can't be remembered, so that nothing may be sent
     */
    public synchronized void sending(BigDecimal credits) {
        renew();
        if (journal != null) {
            change(entry.in(State.SENDING).since(sent()).priced(credits));
        }
    }

    /** The ledger finds what is reserved by when that was. */
    private Instant sent() {
        return reserved == null ? Instant.now() : reserved.time();
    }

    /** To be called when it is certain that what was being sent has cost nothing. */
    public synchronized void refused() {
        if (journal != null && entry.state() == State.SENDING) {
            boolean isTask = entry.taskId() != null;
            Entry next = entry.in(isTask ? State.UPLOADED : State.CLAIMED);
            tryTo("note that sending it cost nothing", () -> {
                journal.change(before == null || isTask ? next : before);
                entry = next;
            });
        }
    }

    /**
     * Keeps the answer. A failure is only logged: the answer is paid for, and delivered to the one who paid.
     *
     * @param id    the id of the event or task, for the ledger; may be {@code null}
     * @param facts what the platform said; values may be {@code null}
     * @param parts the answer, by the names of its parts
     */
    public synchronized void keep(String id, Map<String, String> facts, Map<String, Content> parts) {
        if (journal != null) {
            Entry next = entry.in(State.RESULT).with(facts).withId(id);
            tryTo("keep its answer, which is delivered anyway", () -> {
                journal.keep(next, parts);
                entry = next;
            });
            charged(next.charge(Billed.YES));
        } else if (reserved != null) {
            charged(reserved.in(Billed.YES));
        }
    }

    /**
     * To be called before a task is submitted.
     *
     * @throws DewatermarkStorageException if that can't be remembered, so that it must not be submitted
     */
    public synchronized void uploaded(String taskId) {
        if (journal != null) {
            change(entry.in(State.UPLOADED).since(Instant.now()).withTask(taskId));
            if (before != null && before.state() == State.SUBMITTED) { // nobody will see the end of that task
                tryTo("write the ledger", () -> ledger.chargedOnce(before.charge(Billed.UNKNOWN)));
            }
        }
    }

    /**
     * To be called when a task is submitted, whoever has submitted it. A failure is only logged: it stays uploaded, and so the
     * platform is asked.
     */
    public synchronized void submitted() {
        if (journal != null) {
            Entry next = entry.in(State.SUBMITTED).since(reserved == null ? entry.since() : reserved.time());
            tryTo("note that it is submitted", () -> {
                journal.change(next);
                entry = next;
            });
        }
    }

    /**
     * To be called when a submit ended without a clear answer, and the platform can't tell whether it has arrived. It stays so
     * until the task is seen to end.
     */
    public synchronized void unclear() {
        if (journal != null && entry.state() == State.SENDING) {
            markUnknown("its submit got no clear answer", Billed.UNKNOWN);
        }
    }

    private void change(Entry next) {
        try {
            journal.change(next);
            entry = next;
        } catch (IOException e) {
            throw unusable(entry.operation(), entry.name(), e);
        }
    }

    /**
     * Ends the claim: gives up what wasn't sent, and marks what may have been charged.
     *
     * @param error how it failed; {@code null} if it didn't
     */
    public synchronized void end(Throwable error) {
        boolean unsent = entry != null && entry.state() == State.CLAIMED;
        if (reserved != null && (unsent || error instanceof DewatermarkException e && e.billed() == Billed.NO)) {
            charged(reserved.in(Billed.NO));
        }
        if (journal == null) {
            return;
        }
        if (unsent && before == null) {
            tryTo("give it up", () -> journal.remove(entry));
        } else if (entry.state() == State.SENDING) {
            boolean paid = error instanceof DewatermarkException e && e.billed() == Billed.YES;
            markUnknown(reason(error), paid ? Billed.YES : Billed.UNKNOWN);
        }
        tryTo("release it", () -> journal.release(entry));
    }

    private void markUnknown(String reason, Billed billed) {
        charged(entry.charge(billed));
        Entry unknown = entry.unknown(reason);
        tryTo("mark it as unknown", () -> {
            journal.change(unknown);
            entry = unknown;
        });
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
            tryTo(charge.name(), "write the ledger", () -> ledger.charged(charge));
        }
    }

    private void tryTo(String what, Step step) {
        tryTo(entry.name(), what, step);
    }

    /** An interrupt, as of a stop by force, would make it fail; it is for later. */
    static void tryTo(String name, String what, Step step) {
        boolean interrupted = Thread.interrupted();
        try {
            step.run();
        } catch (IOException | RuntimeException e) {
            LOG.warn("The journal failed for {}: it could not {}", name, what, e);
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

    interface Step {
        void run() throws IOException;
    }
}
