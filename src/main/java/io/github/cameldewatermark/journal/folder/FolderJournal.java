package io.github.cameldewatermark.journal.folder;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryText.UnreadableException;
import io.github.cameldewatermark.journal.Ledger;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.journal.StoredJournal;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in a folder: for each entry a small text file, named by its key, and the parts of its answer beside it; and the
 * ledger, {@code ledger.csv}. Several processes of one machine may share a folder, on a file system with locks.
 *
 * <p>A file that is no entry, because it is cut off for example, causes no failure: it is set aside with a warning, and what it
 * was about counts as {@link State#UNKNOWN}, as it may have been paid for.
 */
public final class FolderJournal extends StoredJournal {

    private static final Logger LOG = LoggerFactory.getLogger(FolderJournal.class);

    /** The age from which a file without an entry counts as left over; a file that is being written is much younger. */
    private static final Duration LEFTOVER = Duration.ofMinutes(10);

    /** Whether one of the owners has died since the last upkeep: anything may be left unsettled then. */
    private volatile boolean someDied;

    private final DurableFolder folder;
    private final EntryFiles entries;
    private final LedgerFile ledger;
    private final Owners owners;
    private final Duration retention;
    private final Clock clock;

    /**
     * Opens a journal.
     *
     * @param  folder                   the folder; created if it doesn't exist
     * @param  retention                how long after its last use an answer is kept
     * @param  maxSize                  how many bytes all answers may have together; those used longest ago go first
     * @throws IllegalArgumentException if the folder can't be created or written, has no locks, or is used by another machine
     */
    public FolderJournal(Path folder, Duration retention, long maxSize) {
        this(folder, retention, maxSize, Clock.systemUTC(), Owners.machine());
    }

    FolderJournal(Path path, Duration retention, long maxSize, Clock clock, String machine) {
        super(clock, maxSize);
        this.folder = new DurableFolder(path);
        this.entries = new EntryFiles(folder);
        this.ledger = new LedgerFile(folder, clock);
        this.retention = retention;
        this.clock = clock;
        try {
            this.owners = folder.locked(() -> new Owners(folder.file("owners"), machine));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The folder " + folder + " can't be used for a journal: " + e.getMessage(), e);
        }
        upkeepIfDue();
    }

    /**
     * Returns the credits that were spent on each day, by the ledger of a folder, which isn't opened for that.
     *
     * @see Ledger#perDay(LocalDate, ZoneId)
     */
    public static NavigableMap<LocalDate, BigDecimal> perDay(Path folder, LocalDate since, ZoneId zone)
            throws IOException {
        return LedgerFile.perDay(folder.resolve(LedgerFile.NAME), since, zone);
    }

    @Override
    protected String me() {
        return owners.me();
    }

    @Override
    protected Stored read(String key) throws IOException {
        Entry entry;
        try {
            entry = entries.read(key);
        } catch (UnreadableException e) {
            entry = entries.setAside(unreadable(key, e), e);
        }
        return entry == null ? null : new Stored(entry, owners.isAlive(entry.owner()), isExpired(entry));
    }

    private boolean isExpired(Entry entry) {
        Instant lastUse = entries.lastUse(entry);
        return entry.state() == State.RESULT
                && lastUse.isAfter(Instant.EPOCH)
                && lastUse.isBefore(clock.instant().minus(retention));
    }

    /** That an owner is dead stays true, so an entry that still is as it was read may be replaced. */
    @Override
    protected boolean replace(Entry found, Entry next, Charge charge) throws IOException {
        return entries.write(next, () -> {
            boolean still = entries.isStill(next.key(), found);
            if (still && charge != null) {
                ledger.appendMissing(List.of(charge));
            }
            return still;
        });
    }

    @Override
    protected Entry store(Entry result, Map<String, Content> parts) throws IOException {
        entries.store(result, parts);
        return result;
    }

    @Override
    protected Content part(Entry result, String part, long length, boolean use) throws IOException {
        Content content = entries.part(result, part, length);
        if (use) {
            entries.use(result, clock.instant());
        }
        return content;
    }

    @Override
    public List<Entry> latestResults(int most) throws IOException {
        return entries.all()
                .filter(entry -> entry.state() == State.RESULT)
                .limit(most)
                .toList();
    }

    @Override
    public void remove(Entry entry) throws IOException {
        folder.locked(() -> {
            entries.delete(entry);
            return null;
        });
    }

    @Override
    protected int evict(long size) throws IOException {
        return entries.evict(size);
    }

    @Override
    public Room reserveRoom(long bytes) throws IOException {
        return folder.reserveRoom(bytes);
    }

    @Override
    public Ledger ledger() {
        return ledger;
    }

    @Override
    protected List<String> unsettled() throws IOException {
        return entries.unsettled(someDied ? Instant.MAX : clock.instant().minus(retention));
    }

    @Override
    protected void cleanUp() throws IOException {
        Set<String> dead = owners.dead();
        someDied = !dead.isEmpty();
        List<Charge> paid = dead.isEmpty() ? List.of() : paidBy(dead);
        folder.locked(() -> {
            ledger.appendMissing(paid);
            owners.remove(dead);
            entries.deleteLeftovers(clock.instant().minus(LEFTOVER));
            return null;
        });
    }

    /** They may have been killed before they wrote these lines. */
    private List<Charge> paidBy(Set<String> dead) throws IOException {
        return entries.all()
                .filter(entry -> entry.isResultKnown() && dead.contains(entry.owner()))
                .map(entry -> entry.charge(Billed.YES))
                .toList();
    }

    @Override
    protected void giveUp(List<Entry> claims) throws IOException {
        folder.locked(() -> {
            List<Entry> still = new ArrayList<>();
            for (Entry claim : claims) {
                if (entries.isStill(claim.key(), claim)) {
                    still.add(claim);
                }
            }
            ledger.appendMissing(
                    still.stream().map(claim -> claim.charge(Billed.NO)).toList());
            for (Entry claim : still) {
                entries.delete(claim);
            }
            return null;
        });
    }

    @Override
    public void close() {
        try {
            owners.close();
        } catch (IOException e) {
            LOG.debug("{} was not closed cleanly", folder, e);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }
}
