package io.github.cameldewatermark.journal;

import static io.github.cameldewatermark.journal.JournalFailures.tryTo;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.EntryText.UnreadableException;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules of a journal, wherever it is kept: who may work on a key, what becomes of what an owner left, and when an answer is
 * removed. A subclass stores the entries, the answers and the ledger, and tells whether an owner is alive.
 */
public abstract class StoredJournal implements Journal {

    /** No owner has this id: of an upload that is given up, and of what can't be read. */
    protected static final String NOBODY = "nobody";

    private static final Logger LOG = LoggerFactory.getLogger(StoredJournal.class);

    /** No owner has this id, either: of what somebody else works on with this object. */
    private static final String OTHER = "this process";

    /** A limit that is hardly ever reached: others would have to claim and remove the entry this often. */
    private static final int ATTEMPTS = 100;

    private static final Duration UPKEEP = Duration.ofHours(1);

    private final Clock clock;
    private final long maxSize;
    private final AtomicLong keptSinceEviction = new AtomicLong();
    private final AtomicReference<Instant> nextUpkeep = new AtomicReference<>(Instant.MIN);

    /**
     * What is worked on here, by its key: the entry that was stored last, which is what the next step may replace. What else this
     * object seems to be sending is what it failed to write the end of.
     */
    private final Map<String, Entry> working = new ConcurrentHashMap<>();

    protected StoredJournal(Clock clock, long maxSize) {
        this.clock = clock;
        this.maxSize = maxSize;
    }

    /**
     * An entry as it is stored.
     *
     * @param isOwned   whether its owner is alive
     * @param isExpired whether it is an answer that is unused for the retention
     */
    public record Stored(Entry entry, boolean isOwned, boolean isExpired) {}

    /** Returns the id of the owner that this object is. */
    protected abstract String me();

    /** Sees to it that others take this owner for alive; called after it has begun to work on something. */
    protected void ensureAlive() throws IOException {}

    /** Returns the entry of a key, {@code null} if it has none. One that can't be read is set aside, and {@link #unreadable} then. */
    protected abstract Stored read(String key) throws IOException;

    /**
     * Replaces an entry, if it still is as given, and writes a line of the ledger with it. In doing so, nobody takes over what an
     * owner who is alive works on, and nobody who may be taken for dead begins to send.
     *
     * @param  found  {@code null} if there was none
     * @param  charge {@code null} if the ledger has nothing to say
     * @return        whether it did
     */
    protected abstract boolean replace(Entry found, Entry next, Charge charge) throws IOException;

    /** Stores an answer with its entry. Returns the entry that is there now, {@code null} if there is another answer. */
    protected abstract Entry store(Entry result, Map<String, Content> parts) throws IOException;

    /** @param use whether this counts as a use of the answer */
    protected abstract Content part(Entry result, String part, long length, boolean use) throws IOException;

    /** Returns the keys of all entries that may have an owner who isn't alive, or be expired. */
    protected abstract List<String> unsettled() throws IOException;

    /** Removes claims of nobody who is alive, if they still are as given, and gives back what was reserved for them. */
    protected abstract void giveUp(List<Entry> claims) throws IOException;

    /** Completes the ledger for owners who have died, and then removes what they, and broken writes, have left. */
    protected abstract void cleanUp() throws IOException;

    /**
     * Removes the answers used longest ago, as far as all have more bytes than this together. The newest stays, however large
     * it is.
     *
     * @return how many are removed
     */
    protected abstract int evict(long size) throws IOException;

    @Override
    public Entry claim(String key, String operation, String name) throws IOException {
        upkeepIfDue();
        for (int i = 0; i < ATTEMPTS; i++) {
            Stored found = settled(key);
            if (found != null
                    && (!found.entry().state().mayBeTakenOver() || !isMine(found.entry()) && found.isOwned())) {
                return found.entry();
            }
            Entry before = found == null ? null : found.entry();
            Entry claim = before == null ? claimed(key, operation, name, me()) : before.ownedBy(me());
            if (working.putIfAbsent(key, claim) != null) { // before it can be seen
                return claim.ownedBy(OTHER);
            }
            if (take(before, claim)) {
                return claim;
            }
        }
        throw new IOException("Others keep creating and removing the entry " + key);
    }

    private boolean take(Entry found, Entry claim) throws IOException {
        boolean taken = false;
        try {
            ensureAlive();
            taken = replace(found, claim, null);
            return taken;
        } finally {
            if (!taken) {
                working.remove(claim.key());
            }
        }
    }

    @Override
    public Entry claimAgain(Entry known) {
        boolean mine = working.putIfAbsent(known.key(), known) == null;
        tryTo(known.name(), "mark this process as alive", this::ensureAlive); // else nothing will be sent
        return claimed(known.key(), known.operation(), known.name(), mine ? me() : OTHER);
    }

    private Entry claimed(String key, String operation, String name, String owner) {
        return new Entry(key, operation, name, State.CLAIMED, owner, clock.instant(), Map.of());
    }

    /** An upload is given up here, so that others needn't wait until this owner has died. */
    @Override
    public void release(Entry entry) {
        Entry last = working.get(entry.key());
        if (last != null && last.state() == State.UPLOADED && isMine(last)) {
            tryTo(last.name(), "hand it over to others", () -> replace(last, last.ownedBy(NOBODY)));
        }
        working.remove(entry.key());
    }

    protected boolean isWorking() {
        return !working.isEmpty();
    }

    @Override
    public boolean isMine(Entry entry) {
        return entry.owner().equals(me());
    }

    @Override
    public void change(Entry next) throws IOException {
        Entry last = working.get(next.key());
        if (last == null || !replace(last, next, null)) {
            throw new IOException("The entry of " + next.name() + " can't be written any more: another process changed"
                    + " it, or the lease expired. The journal is " + this);
        }
        working.put(next.key(), next);
    }

    @Override
    public boolean replace(Entry found, Entry next) throws IOException {
        return replace(found, next, null);
    }

    @Override
    public void keep(Entry result, Map<String, Content> parts) throws IOException {
        Map<String, String> lengths = new HashMap<>();
        parts.forEach((part, content) -> lengths.put(Entry.LENGTH + part, String.valueOf(content.length())));
        Entry kept = store(result.with(lengths), parts);
        if (kept == null) {
            LOG.info("There already is another answer to {}, which is kept", result.name());
            return;
        }
        working.replace(kept.key(), kept);
        if (keptSinceEviction.addAndGet(kept.size()) > maxSize / 20) {
            tryTo(kept.name(), "remove others to make room for it", this::evictForRoom); // it is kept
        }
    }

    @Override
    public Content part(Entry result, String part) throws IOException {
        return part(result, part, true);
    }

    @Override
    public Content peek(String key, Instant since, String part) throws IOException {
        Stored found = read(key);
        return found != null && found.entry().since().toEpochMilli() == since.toEpochMilli()
                ? part(found.entry(), part, false)
                : null;
    }

    private Content part(Entry result, String part, boolean use) throws IOException {
        String length = result.fact(Entry.LENGTH + part);
        return length == null ? null : part(result, part, Long.parseLong(length), use);
    }

    /** What follows until the next time is a twentieth of the size at most, so it is never exceeded by one process. */
    private void evictForRoom() throws IOException {
        keptSinceEviction.set(0);
        int evicted = evict(maxSize - maxSize / 20);
        if (evicted > 0) {
            LOG.info("{} would become too large: its {} least recently used answers were removed", this, evicted);
        }
    }

    /** Returns the entry of a key, {@code null} if it has none (any more). What nobody sends any more is unknown. */
    private Stored settled(String key) throws IOException {
        Stored found = read(key);
        if (found != null && found.entry().state() == State.SENDING && isLeft(found)) {
            markUnknown(found.entry());
            return read(key);
        }
        if (found != null && found.isExpired()) {
            remove(found.entry());
            return read(key);
        }
        return found;
    }

    /** Whether the owner of an entry has died, or has failed to write the end. */
    private boolean isLeft(Stored found) {
        return isMine(found.entry()) ? !working.containsKey(found.entry().key()) : !found.isOwned();
    }

    private void markUnknown(Entry sending) throws IOException {
        Entry unknown = sending.unknown("its process ended before the answer arrived, or could not store it");
        if (replace(sending, unknown, sending.charge(Billed.UNKNOWN))) {
            LOG.warn(
                    "{} was being sent at {} when its process ended, or lost the journal: it may have been charged. It"
                            + " won't be sent again automatically",
                    sending.name(),
                    sending.since());
        }
    }

    /** Returns what becomes of an entry that can't be read: it may have been paid for. */
    protected Entry unreadable(String key, UnreadableException reason) {
        return claimed(key, "", "", NOBODY)
                .unknown("its entry in the journal was unreadable, because " + reason.getMessage());
    }

    /** Cleans up now and then. A failure is only logged, so that nothing else fails because of it. */
    protected void upkeepIfDue() {
        Instant now = clock.instant();
        Instant due = nextUpkeep.get();
        if (now.isBefore(due) || !nextUpkeep.compareAndSet(due, now.plus(UPKEEP))) {
            return;
        }
        try {
            cleanUp();
            List<Entry> unsent = new ArrayList<>();
            for (String key : unsettled()) {
                tryTo("the entry " + key, "settle it", () -> settle(key, unsent)); // and then the others
            }
            giveUp(unsent);
            evictForRoom();
        } catch (IOException | RuntimeException e) {
            LOG.warn(
                    "Journal {} can't be cleaned up now: what is out of date takes up space, and what killed processes had"
                            + " reserved counts as spent, until that is tried again in an hour: {}",
                    this,
                    e.toString());
        }
    }

    private void settle(String key, List<Entry> unsent) throws IOException {
        Stored found = settled(key);
        if (found == null || !isLeft(found)) {
            return;
        }
        Entry left = found.entry();
        if (left.state() == State.CLAIMED) {
            unsent.add(left);
        } else if (left.state() == State.UPLOADED && isMine(left)) { // it wasn't handed on when it was given up
            replace(left, left.ownedBy(NOBODY));
        }
    }
}
