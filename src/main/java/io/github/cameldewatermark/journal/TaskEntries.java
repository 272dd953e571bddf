package io.github.cameldewatermark.journal;

import io.github.cameldewatermark.error.Billed;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Notes in the journal what becomes of tasks that are submitted. Nobody owns their entries: whoever sees the end of a task, notes
 * it, and the ledger has a line once. A failure is only logged, as the platform knows all this, too.
 */
public final class TaskEntries {

    private final Journal journal;
    private final Ledger ledger;

    /**
     * @param journal {@code null} if there is none; then no method may be called that takes an entry
     * @param ledger  the one of the journal, if there is one
     */
    public TaskEntries(Journal journal, Ledger ledger) {
        this.journal = journal;
        this.ledger = ledger;
    }

    /**
     * The task is completed, and so it is charged.
     *
     * @param  credits its price, {@code null} if it isn't known
     * @param  isOurs  whether this process has submitted it
     * @return         whether nobody else has noted that before, in whichever process; {@code isOurs} if no journal tells
     */
    public boolean completed(Entry entry, BigDecimal credits, boolean isOurs) {
        return !entry.isPaid() && charged(entry.priced(credits).charge(Billed.YES), isOurs);
    }

    /** The same of a task that was asked for by its id. */
    public boolean completed(String operation, String name, String taskId, BigDecimal credits, boolean isOurs) {
        return charged(new Charge(Instant.now(), operation, name, credits, Billed.YES, taskId, taskId), isOurs);
    }

    /** What a journal can't note now, it is told once more when the task is seen again. */
    private boolean charged(Charge charge, boolean isOurs) {
        AtomicBoolean isNews = new AtomicBoolean();
        Claim.tryTo(charge.name(), "write the ledger", () -> isNews.set(ledger.chargedOnce(charge)));
        return journal == null ? isOurs : isNews.get();
    }

    /**
     * The result is handed on. It counts as used now.
     *
     * @param  credits its price, {@code null} if it isn't known
     * @return         whether it was handed on before, so that it was said what it has cost
     */
    public boolean handedOn(Entry entry, BigDecimal credits) {
        AtomicBoolean first = new AtomicBoolean(true);
        Claim.tryTo(
                entry.name(),
                "note that it is delivered",
                () -> first.set(journal.replace(entry, entry.priced(credits).delivered())));
        return entry.isPaid() || !first.get();
    }

    /** The id of a submitted task is handed on, which was all that was asked for. It counts as used now. */
    public void idHandedOn(Entry entry) {
        Claim.tryTo(entry.name(), "note that it is handed on", () -> journal.replace(entry, entry.in(State.RESULT)));
    }

    /** The task has failed and is refunded: the next sighting starts anew. */
    public void refunded(Entry entry) {
        // the ledger may have it as reserved, or perhaps charged
        charged(entry.priced(BigDecimal.ZERO).charge(Billed.NO), false);
        Claim.tryTo(entry.name(), "forget it", () -> journal.remove(entry));
    }

    /** The same of a task without an entry. */
    public void refunded(String operation, String name, String taskId) {
        charged(new Charge(Instant.now(), operation, name, BigDecimal.ZERO, Billed.NO, taskId, taskId), false);
    }

    /**
     * The platform doesn't know the task, or has no result of it any more. Only a person may decide to pay for it again.
     *
     * @param billed whether it was charged
     */
    public void lost(Entry entry, Billed billed, String reason) {
        if (entry.state() != State.UNKNOWN) {
            Entry unknown = entry.unknown(reason);
            Claim.tryTo(entry.name(), "mark it as unknown", () -> {
                ledger.chargedOnce(unknown.charge(billed));
                journal.replace(entry, unknown);
            });
        }
    }
}
