package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * What one exchange may do with an entry, and has to note in it. First nobody else works on it, until {@link #end}: with the right to
 * pay, unless it is {@linkplain #known known}, comes the duty to say how that goes. From then on nobody owns it: whoever sees the
 * end of a task notes that, and the ledger has a line once. What isn't said to throw an exception only logs a failure, as the answer
 * is there all the same, or the platform knows.
 */
public final class Claim {

    /** {@code null} if nobody remembers it. */
    private final Journal journal;

    private final Payment payment;
    private final Entry before;
    private final Runnable next;
    private Entry entry;
    /** Whether it is to be paid for, so that nobody else changes the entry. */
    private boolean isMine;

    private Claim(Journal journal, Ledger ledger, Entry entry, Entry before, boolean isMine, Runnable next) {
        this.journal = journal;
        this.payment = new Payment(ledger);
        this.entry = entry;
        this.before = before;
        this.isMine = isMine;
        this.next = next;
    }

    /**
     * Returns the right to pay for something.
     *
     * @param before the entry that is there until something is sent; {@code null} if it is {@code entry} itself
     * @param next   lets others work on it
     */
    static Claim toPay(Journal journal, Entry entry, Entry before, Runnable next) {
        return new Claim(journal, journal.ledger(), entry, before, true, next);
    }

    /** @param next lets others work on it */
    public static Claim ofKnown(Journal journal, Entry known, Runnable next) {
        return new Claim(journal, journal.ledger(), known, null, false, next);
    }

    /**
     * Returns a claim on something that nobody remembers.
     *
     * @param ledger of what is reserved
     * @param taskId {@code null} if there is no task (yet)
     */
    public static Claim withoutJournal(Ledger ledger, String operation, String name, String taskId) {
        String key = UUID.randomUUID().toString();
        Entry entry = new Entry(key, operation, name, State.CLAIMED, "whoever asks", Instant.now(), Map.of());
        return new Claim(null, ledger, taskId == null ? entry : entry.withTask(taskId), null, true, () -> {});
    }

    /** Returns what is known, so that it isn't to be paid for; {@code null} if it is. */
    public synchronized Entry known() {
        return isMine ? null : entry;
    }

    /** Returns the entry as it is now; {@code null} without a journal. */
    public synchronized Entry entry() {
        return journal == null ? null : entry;
    }

    /**
     * Reserves in the ledger what is about to be paid; a task, when it is uploaded.
     *
     * @param  limit                       what may be spent; {@code null} if there is no limit
     * @param  credits                     the price; {@code null} if it isn't known
     * @throws DewatermarkCreditException  if the limit doesn't allow it
     * @throws DewatermarkStorageException if it can't be written, so that nothing may be sent
     */
    public synchronized void reserveInLedger(SpendingLimit limit, BigDecimal credits) {
        if (limit != null) {
            payment.reserve(limit, entry.since(Instant.now()).priced(credits).charge(Billed.UNKNOWN));
        }
    }

    /**
     * To be called right before the first byte is sent, unless {@link #sending} is. What was held back since it was reserved, as by
     * a rate limit, counts from now on: it may have made room for others.
     *
     * @throws DewatermarkCreditException if the limit doesn't allow it any more
     */
    public synchronized void renew() {
        payment.renew();
    }

    /**
     * To be called right before the first byte is sent.
     *
     * @param  credits                     the price
     * @throws DewatermarkCreditException  if the limit doesn't allow it any more
     * @throws DewatermarkStorageException if that can't be remembered, so that nothing may be sent
     */
    public synchronized void sending(BigDecimal credits) {
        payment.renew();
        change(entry.in(State.SENDING).since(payment.since(Instant.now())).priced(credits));
    }

    /** To be called when it is certain that what was being sent has cost nothing. */
    public synchronized void refused() {
        if (entry.state() == State.SENDING) {
            boolean isTask = entry.taskId() != null;
            Entry next = entry.in(isTask ? State.UPLOADED : State.CLAIMED);
            tryTo("note that sending it cost nothing", () -> {
                write(before == null || isTask ? next : before);
                entry = next;
            });
        }
    }

    /**
     * Keeps the answer.
     *
     * @param id    the id of the event or task, for the ledger; may be {@code null}
     * @param facts what the platform said; values may be {@code null}
     * @param parts the answer, by the names of its parts
     */
    public synchronized void keep(String id, Map<String, String> facts, Map<String, Content> parts) {
        Entry next = entry.in(State.RESULT).with(facts).withId(id);
        tryTo("keep its answer, which is delivered anyway", () -> {
            if (journal != null) {
                journal.keep(next, parts);
            }
            entry = next;
        });
        payment.settle(next.charge(Billed.YES));
    }

    /**
     * To be called before a task is submitted.
     *
     * @throws DewatermarkStorageException if that can't be remembered, so that it must not be submitted
     */
    public synchronized void uploaded(String taskId) {
        change(entry.in(State.UPLOADED).since(Instant.now()).withTask(taskId));
        if (before != null && before.state() == State.SUBMITTED) { // nobody will see the end of that task
            payment.writeOnce(before.charge(Billed.UNKNOWN));
        }
    }

    /**
     * To be called when a task is submitted, whoever has submitted it. If that can't be noted, it stays uploaded, and so the platform is
     * asked.
     */
    public synchronized void submitted() {
        Instant since = payment.since(entry.since());
        tryTo("note that it is submitted", () -> write(entry.in(State.SUBMITTED).since(since)));
    }

    /**
     * To be called when a submit ended without a clear answer, and the platform can't tell whether it has arrived. It stays so
     * until the task is seen to end.
     */
    public synchronized void unclear() {
        if (entry.state() == State.SENDING) {
            markUnknown("its submit got no clear answer", Billed.UNKNOWN);
        }
    }

    private void change(Entry next) {
        try {
            write(next);
        } catch (IOException | RuntimeException e) { // as of a journal that isn't ours
            throw JournalFailures.unusable(entry.operation(), entry.name(), e);
        }
    }

    private void write(Entry next) throws IOException {
        if (isMine) {
            if (journal != null) {
                journal.change(next);
            }
            entry = next;
        }
    }

    /**
     * Ends the claim: gives up what wasn't sent, and marks what may have been charged.
     *
     * @param error how it failed; {@code null} if it didn't
     */
    public void end(Throwable error) {
        try {
            settle(Failures.cause(error));
        } finally {
            next.run();
        }
    }

    private synchronized void settle(Throwable error) {
        boolean isUnsent = isMine && entry.state() == State.CLAIMED;
        if (isUnsent || Failures.isFree(error)) {
            payment.giveBack();
        }
        if (isMine && entry.state() == State.SENDING) {
            boolean paid = error instanceof DewatermarkException e && e.billed() == Billed.YES;
            markUnknown(reason(error), paid ? Billed.YES : Billed.UNKNOWN);
        }
        if (isMine && journal != null) {
            if (isUnsent && before == null) {
                tryTo("give it up", () -> journal.remove(entry));
            }
            tryTo("release it", () -> journal.release(entry));
        }
        isMine = false;
    }

    /**
     * The task is completed, and so it is charged. What can't be written now, is tried once more when the task is seen again.
     *
     * @param  credits its price, {@code null} if it isn't known
     * @return         whether nobody has written that before, in whichever process
     */
    public synchronized boolean completed(BigDecimal credits) {
        return !entry.isResultKnown() && payment.writeOnce(entry.priced(credits).charge(Billed.YES));
    }

    /**
     * The result of the task is handed on. It counts as used now.
     *
     * @param  credits its price, {@code null} if it isn't known
     * @return         whether it was handed on before, so that it was said what it has cost
     */
    public synchronized boolean handedOn(BigDecimal credits) {
        return entry.isResultKnown()
                || !replace("note that it is delivered", entry.priced(credits).delivered());
    }

    /** The id of a submitted task is handed on, which was all that was asked for. It counts as used now. */
    public synchronized void idHandedOn() {
        replace("note that it is handed on", entry.in(State.RESULT));
    }

    /** The task has failed and is refunded: the next sighting starts anew. */
    public synchronized void refunded() {
        payment.writeOnce(entry.priced(BigDecimal.ZERO).charge(Billed.NO)); // it may be reserved, or perhaps charged
        if (journal != null) {
            tryTo("forget it", () -> journal.remove(entry));
        }
    }

    /**
     * The platform doesn't know the task, or has no result of it any more. Only a person may decide to pay for it again.
     *
     * @param billed whether it was charged
     */
    public synchronized void lost(Billed billed, String reason) {
        if (journal != null && entry.state() != State.UNKNOWN) {
            Entry unknown = entry.unknown(reason);
            tryTo("mark it as unknown", () -> {
                payment.ledger().chargedOnce(unknown.charge(billed));
                journal.replace(entry, unknown);
                entry = unknown;
            });
        }
    }

    /** Returns whether the entry still was as it is here, as far as can be told. */
    private boolean replace(String what, Entry next) {
        AtomicBoolean isStill = new AtomicBoolean(true);
        if (journal != null) {
            tryTo(what, () -> isStill.set(journal.replace(entry, next)));
        }
        return isStill.get();
    }

    private void markUnknown(String reason, Billed billed) {
        payment.settle(entry.charge(billed));
        tryTo("mark it as unknown", () -> write(entry.unknown(reason)));
    }

    private static String reason(Throwable error) {
        if (error == null) {
            return "its answer could not be kept";
        }
        return error instanceof DewatermarkException ? error.getMessage() : error.toString();
    }

    private void tryTo(String what, JournalFailures.Step step) {
        JournalFailures.tryTo(entry.name(), what, step);
    }
}
