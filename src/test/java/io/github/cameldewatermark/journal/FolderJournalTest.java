package io.github.cameldewatermark.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.LogLines;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A journal in a folder: what it says about a key after each thing that may happen to its owner or its files. */
class FolderJournalTest {

    private static final String KEY = "0123456789abcdef".repeat(4);
    private static final String OTHER = "fedcba9876543210".repeat(4);

    private static final String THIRD = "00112233".repeat(8);

    @TempDir
    private Path folder;

    private final TestClock clock = new TestClock();
    private final List<FolderJournal> open = new ArrayList<>();

    @AfterEach
    void close() {
        open.forEach(FolderJournal::close);
    }

    @Test
    void aKeyIsClaimedByOne() throws Exception {
        FolderJournal one = journal();
        FolderJournal two = journal();

        Entry claim = one.claim(KEY, "erase", "photo.jpg");
        Entry seen = two.claim(KEY, "erase", "copy.jpg");

        assertThat(claim.state()).isEqualTo(State.CLAIMED);
        assertThat(one.isMine(claim)).isTrue();
        assertThat(seen).isEqualTo(claim);
        assertThat(two.isMine(seen)).isFalse();
    }

    @Test
    void aClaimThatIsGivenUpIsForTheNext() throws Exception {
        FolderJournal one = journal();
        one.remove(one.claim(KEY, "erase", "photo.jpg"));

        FolderJournal two = journal();

        assertThat(two.isMine(two.claim(KEY, "erase", "photo.jpg"))).isTrue();
    }

    @Test
    void theClaimOfADeadOwnerIsTakenOver() throws Exception {
        try (FolderJournal dead = journal()) {
            dead.claim(KEY, "erase", "photo.jpg");
        }
        FolderJournal next = journal();

        Entry taken = next.claim(KEY, "erase", "photo.jpg");

        assertThat(taken.state()).isEqualTo(State.CLAIMED);
        assertThat(next.isMine(taken)).isTrue();
        assertThat(next.claim(KEY, "erase", "photo.jpg")).isEqualTo(taken);
    }

    @Test
    void whatADeadOwnerWasSendingIsUnknownAndInTheLedgerOnce() throws Exception {
        Entry sending;
        try (LogLines log = LogLines.infosOf(FolderJournal.class)) {
            FolderJournal dead = journal();
            sending = sending(dead.claim(KEY, "erase", "photo.jpg"));
            dead.change(sending);
            dead.close();

            Entry first = journal().claim(KEY, "erase", "photo.jpg");
            Entry second = journal().claim(KEY, "erase", "photo.jpg");

            assertThat(first.state()).isEqualTo(State.UNKNOWN);
            assertThat(first.reason()).contains("its process ended");
            assertThat(second).isEqualTo(first);
            assertThat(log.messages()).singleElement().asString().contains("photo.jpg was being sent at");
        }
        assertThat(ledger())
                .containsExactly(
                        "time,operation,file,credits,billed,id,reference",
                        sending.since() + ",erase,photo.jpg,1,UNKNOWN,," + KEY.substring(0, 16) + "@"
                                + sending.since().toEpochMilli());
    }

    /** Killed after the line of the ledger, before the mark. */
    @Test
    void whatIsInTheLedgerAlreadyIsNotWrittenAgain() throws Exception {
        FolderJournal dead = journalOf("another-process");
        Entry sending = sending(dead.claim(KEY, "erase", "photo.jpg"));
        dead.change(sending);
        dead.charged(sending.charge(Billed.UNKNOWN));
        die(dead);

        assertThat(journal().claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);

        assertThat(ledger()).hasSize(2);
    }

    /** Killed after the answer was kept, before the line of the ledger. */
    @Test
    void whatIsMissingInTheLedgerIsWrittenByTheNext() throws Exception {
        FolderJournal dead = journalOf("another-process");
        kept(dead, KEY, "a picture");
        kept(dead, OTHER, "another picture");
        dead.charged(sending(dead.claim(OTHER, "erase", "photo.jpg")).charge(Billed.YES));
        die(dead);

        journal();
        journal();

        assertThat(ledger()).hasSize(3);
        assertThat(ledger().get(2)).contains(",YES,event-1," + KEY.substring(0, 16));
    }

    @Test
    void whatIsBeingSentByALivingOwnerIsHis() throws Exception {
        FolderJournal one = journal();
        Entry sending = sending(one.claim(KEY, "erase", "photo.jpg"));
        one.change(sending);

        assertThat(journal().claim(KEY, "erase", "photo.jpg")).isEqualTo(sending);
    }

    /** Upkeep is due with the first claim after an hour, and must not touch what is under way. */
    @Test
    void whatIsUnderWayHereIsLeftAloneByUpkeep() throws Exception {
        FolderJournal journal = journal();
        Entry sending = sending(journal.claim(KEY, "erase", "photo.jpg"));
        journal.change(sending);
        Entry claim = journal.claim(OTHER, "erase", "other.jpg");
        clock.forward(Duration.ofHours(2));

        journal.claim(THIRD, "erase", "third.jpg");

        FolderJournal other = journal();
        assertThat(other.claim(KEY, "erase", "photo.jpg")).isEqualTo(sending);
        assertThat(other.claim(OTHER, "erase", "other.jpg")).isEqualTo(claim);
        assertThat(names()).doesNotContain("ledger.csv");
    }

    /** Such as on a full disk: the owner lives, but has failed to write the end. */
    @Test
    void whatWasGivenUpWithoutAnEndIsSettledByUpkeep() throws Exception {
        FolderJournal journal = journal();
        Entry sending = sending(journal.claim(KEY, "erase", "photo.jpg"));
        journal.change(sending);
        journal.release(sending);
        journal.release(journal.claim(OTHER, "erase", "other.jpg"));
        clock.forward(Duration.ofHours(2));

        journal.claim(THIRD, "erase", "third.jpg");

        FolderJournal other = journal();
        assertThat(other.claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);
        assertThat(other.isMine(other.claim(OTHER, "erase", "other.jpg"))).isTrue();
    }

    @Test
    void anAnswerIsThereForAllUntilItIsUnusedForTheRetention() throws Exception {
        FolderJournal one = journal();
        Entry result = kept(one, KEY, "a picture");
        clock.forward(Duration.ofHours(23));

        FolderJournal two = journal();
        Entry found = two.claim(KEY, "erase", "again.jpg");
        assertThat(found.state()).isEqualTo(State.RESULT);
        assertThat(found.fact("session")).isEqualTo("s1");
        assertThat(text(two.part(found, "picture"))).isEqualTo("a picture");
        assertThat(two.part(found, "mask")).isNull();

        clock.forward(Duration.ofHours(23)); // since its last use
        assertThat(journal().claim(KEY, "erase", "again.jpg").state()).isEqualTo(State.RESULT);

        clock.forward(Duration.ofHours(2));
        assertThat(journal().claim(KEY, "erase", "again.jpg").state()).isEqualTo(State.CLAIMED);
        assertThat(names()).doesNotContain(KEY + ".picture");
        assertThat(result.state()).isEqualTo(State.RESULT);
    }

    @Test
    void theAnswersUsedLongestAgoGoWhenAllAreTooLarge() throws Exception {
        FolderJournal journal = open(new FolderJournal(folder, Duration.ofDays(1), 100, clock, "here"));
        kept(journal, KEY, "x".repeat(60));
        clock.forward(Duration.ofMinutes(1));

        kept(journal, OTHER, "x".repeat(60));

        assertThat(names())
                .contains(OTHER + ".entry", OTHER + ".picture")
                .doesNotContain(KEY + ".entry", KEY + ".picture");
    }

    @Test
    void claimsAndMarksAreNeverRemovedForTheirAgeOrForRoom() throws Exception {
        FolderJournal journal = open(new FolderJournal(folder, Duration.ofDays(1), 10, clock, "here"));
        journal.change(sending(journal.claim(KEY, "erase", "photo.jpg")).unknown("a test"));
        clock.forward(Duration.ofDays(400));

        kept(journal, OTHER, "x".repeat(60));

        FolderJournal later = open(new FolderJournal(folder, Duration.ofDays(1), 10, clock, "here"));
        assertThat(later.claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void aPartThatIsMissingOrCutOffIsAFailure() throws Exception {
        FolderJournal journal = journal();
        kept(journal, KEY, "a picture");
        Entry result = journal.claim(KEY, "erase", "photo.jpg");

        Files.writeString(folder.resolve(KEY + ".picture"), "a pict");
        assertThatThrownBy(() -> journal.part(result, "picture")).isInstanceOf(IOException.class);

        Files.delete(folder.resolve(KEY + ".picture"));
        assertThatThrownBy(() -> journal.part(result, "picture")).isInstanceOf(IOException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "version=1\nstate=RES", "no entry at all", "version=1\nstate=RESULT\nkey=other\n"})
    void anUnreadableEntryIsSetAsideAndCountsAsUnknown(String content) throws Exception {
        Files.writeString(folder.resolve(KEY + ".entry"), content);

        Entry entry = journal().claim(KEY, "erase", "photo.jpg");

        assertThat(entry.state()).isEqualTo(State.UNKNOWN);
        assertThat(entry.reason()).contains("unreadable");
        assertThat(names()).contains(KEY + ".entry.unreadable");
        assertThat(journal().claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void anEntryThatWasCutOffAnywhereIsNoEntry() throws Exception {
        FolderJournal journal = journal();
        kept(journal, KEY, "a picture");
        byte[] whole = Files.readAllBytes(folder.resolve(KEY + ".entry"));
        for (int length = 0; length < whole.length - 1; length++) {
            byte[] part = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> EntryText.read(KEY, part)).isInstanceOf(EntryText.UnreadableException.class);
        }
        assertThat(EntryText.read(KEY, whole).state()).isEqualTo(State.RESULT);
    }

    @Test
    void anEntryOfANewerVersionIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve(KEY + ".entry"), "version=7\nstatus=DREAMING\n");
        FolderJournal journal = journal();

        assertThatThrownBy(() -> journal.claim(KEY, "erase", "photo.jpg"))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("another version of camel-dewatermark (format 7)");
        assertThat(names()).contains(KEY + ".entry").doesNotContain(KEY + ".entry.unreadable");
    }

    @Test
    void foreignFilesAreLeftAlone() throws Exception {
        Files.writeString(folder.resolve("notes.txt"), "mine");
        Files.writeString(folder.resolve("abc.entry"), "mine");

        kept(journal(), KEY, "a picture");

        assertThat(names()).contains("notes.txt", "abc.entry");
    }

    @Test
    void partsOfWhichThereIsNoEntryGoAfterSomeTime() throws Exception {
        Files.writeString(folder.resolve(KEY + ".picture"), "left by a process that was killed");
        journal().close();
        assertThat(names()).contains(KEY + ".picture");

        clock.forward(Duration.ofHours(2));
        journal();

        assertThat(names()).doesNotContain(KEY + ".picture");
    }

    @Test
    void roomIsReservedUntilItIsGivenBack() throws Exception {
        FolderJournal journal = journal();
        long half = folder.toFile().getUsableSpace() / 2;

        Journal.Room room = journal.reserve(half);
        assertThatThrownBy(() -> journal.reserve(half))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no room")
                .hasMessageContaining(folder.toString());
        room.close();
        room.close();
        journal.reserve(half / 2).close();
    }

    @Test
    void aProcessOnAnotherMachineIsRefused() throws Exception {
        Owners elsewhere = new Owners(folder.resolve("owners"), "another-machine");
        // a lock of this JVM can't be tested by this JVM, so it is held as another process would hold it
        try (elsewhere) {
            assertThatThrownBy(this::journal)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("another machine");
        }
        journal();
    }

    @Test
    void whatDeadOwnersLeaveIsRemoved() throws Exception {
        Path left = folder.resolve("owners/machine~1-abc~xyz.lock");
        Files.createDirectories(left.getParent());
        Files.createFile(left);

        journal();

        assertThat(left).doesNotExist();
    }

    @ParameterizedTest
    @ValueSource(strings = {"../../etc/passwd", "a/b", "", "~"})
    void anOwnerWhoseNameIsNoNameIsDead(String owner) throws Exception {
        try (Owners owners = new Owners(folder.resolve("owners"), "here")) {
            assertThat(owners.isAlive(owner)).isFalse();
            assertThat(owners.isAlive(owners.me())).isTrue();
        }
    }

    @Test
    void aNameIsNoFormulaAndOneFieldOfTheLedger() throws Exception {
        FolderJournal journal = journal();
        for (String name : List.of("=cmd|' /C calc'!A0", "a,b \"c\"\nd.jpg", "été.jpg")) {
            journal.charged(sending(journal.claim(KEY, "erase", name)).charge(Billed.YES));
            journal.remove(journal.claim(KEY, "erase", name));
        }

        assertThat(ledger()).hasSize(4);
        assertThat(ledger().get(1)).contains(",\"'=cmd|' /C calc'!A0\",");
        assertThat(ledger().get(2)).contains(",\"a,b \"\"c\"\"\\u000ad.jpg\",");
        assertThat(ledger().get(3)).contains(",\"été.jpg\",");
    }

    @Test
    void aLineOfTheLedgerThatWasCutOffDoesNotSpoilTheNext() throws Exception {
        FolderJournal journal = journal();
        Charge charge = sending(journal.claim(KEY, "erase", "photo.jpg")).charge(Billed.YES);
        journal.charged(charge);
        try (FileChannel file = FileChannel.open(folder.resolve("ledger.csv"), StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 5);
        }

        journal.charged(charge);

        assertThat(ledger()).hasSize(3).last().asString().endsWith(charge.reference());
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));

        assertThatThrownBy(() -> new FolderJournal(file, Duration.ofDays(1), 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString());
    }

    private Entry kept(FolderJournal journal, String key, String picture) throws IOException {
        Entry sending = sending(journal.claim(key, "erase", "photo.jpg"));
        journal.change(sending);
        Entry result = sending.in(State.RESULT).with(Map.of("session", "s1")).withId("event-1");
        journal.keep(result, Map.of("picture", Content.of("picture", picture.getBytes())));
        Files.setLastModifiedTime(folder.resolve(key + ".entry"), FileTime.from(clock.instant()));
        return result;
    }

    private static Entry sending(Entry claim) {
        return claim.in(State.SENDING).with(Map.of(Entry.CREDITS, BigDecimal.ONE.toPlainString()));
    }

    private static String text(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return new String(in.readAllBytes());
        }
    }

    private List<String> ledger() throws IOException {
        return Files.readAllLines(folder.resolve("ledger.csv"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    private FolderJournal journal() {
        return journalOf("here");
    }

    /** As the lock of a process can't be tested by that process, another one is a process on another machine here. */
    private FolderJournal journalOf(String machine) {
        return open(new FolderJournal(folder, Duration.ofDays(1), 1 << 30, clock, machine));
    }

    /** The system gives back the locks of a process that is killed, but its files stay. */
    private void die(FolderJournal journal) throws IOException {
        Path lock;
        try (Stream<Path> files = Files.list(folder.resolve("owners"))) {
            lock = files.findFirst().orElseThrow();
        }
        journal.close();
        Files.createFile(lock);
    }

    private FolderJournal open(FolderJournal journal) {
        open.add(journal);
        return journal;
    }
}
