package io.github.cameldewatermark.journal.folder;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryClaim;
import io.github.cameldewatermark.journal.EntryText;
import io.github.cameldewatermark.journal.EntryText.UnreadableException;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.journal.Upkeep;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A {@link Journal} in a folder: for each entry a small text file, named by its key, and the parts of its answer beside it; and
 * the ledger, {@code ledger.csv}. Several processes of one machine may share a folder, on a file system with locks.
 *
 * <p>A file that is no entry, because it is cut off for example, causes no failure: it is set aside with a warning, and what it
 * was about counts as {@link State#UNKNOWN}, as it may have been paid for.
 */
public final class FolderJournal implements Journal {

    private static final Logger LOG = LoggerFactory.getLogger(FolderJournal.class);

    /** A limit that is hardly ever reached: others would have to claim and remove the entry this often. */
    private static final int ATTEMPTS = 100;

    /** No owner has these ids: of an upload that is given up, and of what somebody else works on in this process. */
    private static final String NOBODY = "nobody";

    private static final String OTHER = "this process";

    /** The age from which a file without an entry counts as left over; a file that is being written is much younger. */
    private static final Duration LEFTOVER = Duration.ofMinutes(10);

    private final JournalFolder folder;
    private final Clock clock;
    private final Owners owners;
    private final Ledger ledger;
    private final Results results;
    private final Upkeep upkeep;

    /** The keys that are worked on here. What else this process seems to be sending is what it failed to write the end of. */
    private final Set<String> working = ConcurrentHashMap.newKeySet();

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
        this.folder = new JournalFolder(path, Files::createLink);
        this.clock = clock;
        try {
            this.owners = folder.locked(() -> new Owners(folder.file("owners"), machine));
        } catch (IOException e) {
            throw new IllegalArgumentException(
                    "The folder " + folder + " can't be used for a journal: " + e.getMessage(), e);
        }
        this.ledger = new Ledger(folder.file("ledger.csv"));
        this.results = new Results(folder, retention, maxSize, clock);
        this.upkeep = new Upkeep(clock, this::tidy, folder.toString());
        upkeep.runIfDue();
    }

    @Override
    public Entry claim(String key, String operation, String name) throws IOException {
        upkeep.runIfDue();
        Path file = file(key);
        for (int i = 0; i < ATTEMPTS; i++) {
            Entry found = settled(key);
            if (found != null && (!found.state().isTakenOver() || !isMine(found) && owners.isAlive(found.owner()))) {
                return found;
            }
            Entry claim = found == null
                    ? new Entry(key, operation, name, State.CLAIMED, owners.me(), clock.instant(), Map.of())
                    : found.ownedBy(owners.me());
            if (!working.add(key)) { // before it can be seen
                return claim.ownedBy(OTHER);
            }
            if (claim(file, found, claim)) {
                return claim;
            }
        }
        throw new FileSystemException(file.toString(), null, "it is made and deleted by others all the time");
    }

    private boolean claim(Path file, Entry found, Entry claim) throws IOException {
        boolean claimed = false;
        try {
            claimed = found == null ? folder.claim(file, EntryText.write(claim)) : replace(found, claim);
        } finally {
            if (!claimed) {
                working.remove(claim.key());
            }
        }
        return claimed;
    }

    @Override
    public Entry claimAgain(Entry known) {
        String owner = working.add(known.key()) ? owners.me() : OTHER;
        return new Entry(known.key(), known.operation(), known.name(), State.CLAIMED, owner, clock.instant(), Map.of());
    }

    /** An upload is given up here, so that others needn't wait until this process has ended. */
    @Override
    public void release(Entry entry) {
        if (entry.state() == State.UPLOADED && isMine(entry)) {
            EntryClaim.tryTo(entry.name(), "hand it on", () -> replace(entry, entry.ownedBy(NOBODY)));
        }
        working.remove(entry.key());
    }

    @Override
    public boolean isMine(Entry entry) {
        return entry.owner().equals(owners.me());
    }

    @Override
    public void change(Entry next) throws IOException {
        folder.replace(file(next.key()), EntryText.write(next));
    }

    @Override
    public boolean replace(Entry found, Entry next) throws IOException {
        return folder.locked(() -> {
            boolean still = found.equals(now(found.key()));
            if (still) {
                change(next);
            }
            return still;
        });
    }

    @Override
    public void keep(Entry result, Map<String, Content> parts) throws IOException {
        change(results.keep(result, parts));
        try {
            results.evictIfTooLarge();
        } catch (IOException e) {
            LOG.warn("The journal {} is too large, and what was used longest ago can't be removed", folder, e);
        }
    }

    @Override
    public Content part(Entry result, String part) throws IOException {
        return results.part(result, part);
    }

    @Override
    public void remove(Entry entry) throws IOException {
        folder.locked(() -> {
            if (entry.equals(now(entry.key()))) {
                results.remove(entry);
            }
            return null;
        });
    }

    @Override
    public Room reserve(long bytes) throws IOException {
        return results.reserve(bytes);
    }

    @Override
    public void charged(Charge charge) throws IOException {
        folder.locked(() -> {
            ledger.append(charge);
            return null;
        });
    }

    @Override
    public void chargedOnce(Charge charge) throws IOException {
        folder.locked(() -> {
            ledger.appendMissing(List.of(charge));
            return null;
        });
    }

    @Override
    public void close() {
        try {
            owners.close();
        } catch (IOException e) {
            LOG.debug("{} is not closed cleanly", folder, e);
        }
    }

    @Override
    public String toString() {
        return folder.toString();
    }

    /** Returns the entry of a key, {@code null} if it has none (any more). What nobody sends any more is unknown. */
    private Entry settled(String key) throws IOException {
        Entry found = read(key);
        if (found == null) {
            return null;
        }
        if (found.state() == State.SENDING && isLeft(found)) {
            return unknown(found);
        }
        if (results.isExpired(found)) {
            remove(found);
            return null;
        }
        return found;
    }

    /** Whether the owner of an entry has died, or has failed to write the end. */
    private boolean isLeft(Entry entry) throws IOException {
        return isMine(entry) ? !working.contains(entry.key()) : !owners.isAlive(entry.owner());
    }

    private Entry unknown(Entry sending) throws IOException {
        return folder.locked(() -> {
            Entry now = now(sending.key());
            if (!sending.equals(now)) {
                return now;
            }
            ledger.appendMissing(List.of(sending.charge(Billed.UNKNOWN)));
            Entry unknown = sending.unknown("its process ended before the answer came");
            change(unknown);
            LOG.warn(
                    "{} was being sent at {} when its process ended: it may have been charged. It isn't sent again by"
                            + " itself",
                    sending.name(),
                    sending.since());
            return unknown;
        });
    }

    private Entry read(String key) throws IOException {
        try {
            return readFile(key);
        } catch (UnreadableException e) {
            return folder.locked(() -> unreadable(key));
        }
    }

    /** Returns the entry of a key while the folder is locked; {@code null} if there is none that can be read. */
    private Entry now(String key) throws IOException {
        try {
            return readFile(key);
        } catch (UnreadableException e) {
            return null;
        }
    }

    private Entry readFile(String key) throws IOException, UnreadableException {
        Path file = file(key);
        if (Files.isSymbolicLink(file) || Files.isDirectory(file)) {
            throw new UnreadableException("it is not a regular file");
        }
        try {
            return EntryText.read(key, Files.readAllBytes(file));
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private Entry unreadable(String key) throws IOException {
        try {
            return readFile(key); // another process has been here before
        } catch (UnreadableException e) {
            Path aside = folder.setAside(file(key));
            Entry unknown = new Entry(key, "", "", State.CLAIMED, owners.me(), clock.instant(), Map.of())
                    .unknown("its entry in the journal was unreadable, because " + e.getMessage());
            change(unknown);
            LOG.warn(
                    "{} is no entry of the journal, because {}. It was set aside as {}. What it was about may have been"
                            + " charged, and isn't sent again by itself",
                    file(key),
                    e.getMessage(),
                    aside.getFileName());
            return unknown;
        }
    }

    private void tidy() throws IOException {
        folder.removeLeftovers(clock.instant().minus(LEFTOVER));
        Set<String> dead = owners.dead();
        List<Charge> paid = new ArrayList<>();
        for (String name : folder.names()) {
            if (Results.isEntry(name)) {
                try {
                    Entry entry = read(Results.key(name));
                    if (entry != null && entry.isPaid() && dead.contains(entry.owner())) {
                        paid.add(entry.charge(Billed.YES)); // its owner may have been killed before it wrote the line
                    }
                    settle(entry);
                } catch (IOException e) { // so that the others are tidied, too
                    LOG.warn("{} of the journal {} can't be read", name, folder, e);
                }
            }
        }
        folder.locked(() -> {
            ledger.appendMissing(paid);
            owners.remove(dead);
            return null;
        });
        results.evict(clock.instant().minus(LEFTOVER));
    }

    private void settle(Entry entry) throws IOException {
        Entry left = entry == null ? null : settled(entry.key());
        if (left == null || !isLeft(left)) {
            return;
        }
        if (left.state() == State.CLAIMED) {
            remove(left);
        } else if (left.state() == State.UPLOADED && isMine(left)) { // it wasn't handed on when it was given up
            replace(left, left.ownedBy(NOBODY));
        }
    }

    private Path file(String key) {
        return folder.file(Results.entry(key));
    }
}
