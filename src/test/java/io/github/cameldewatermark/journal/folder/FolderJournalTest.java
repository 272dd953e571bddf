package io.github.cameldewatermark.journal.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.EntryText;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.JournalContract;
import io.github.cameldewatermark.journal.SpendingLimit;
import io.github.cameldewatermark.journal.State;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal in a folder, and what may happen to its files. */
class FolderJournalTest extends JournalContract {

    @TempDir
    private Path folder;

    @Override
    protected FolderJournal newJournal(long maxSize) {
        return new FolderJournal(folder, Duration.ofDays(1), maxSize, clock, "here");
    }

    /** As the lock of a process can't be tested by that process, another one is a process on another machine here. */
    @Override
    protected FolderJournal mortal() {
        return opened(new FolderJournal(folder, Duration.ofDays(1), 1 << 30, clock, "another-process"));
    }

    /** The system gives back the locks of a process that is killed, but its files stay. */
    @Override
    protected void kill(Journal mortal) throws IOException {
        Path lock;
        try (Stream<Path> files = Files.list(folder.resolve("owners"))) {
            lock = files.findFirst().orElseThrow();
        }
        mortal.close();
        Files.createFile(lock);
    }

    @Override
    protected void forward(Duration time) {
        clock.pass(time);
    }

    @Override
    protected List<String> ledger() throws IOException {
        if (!names().contains("ledger.csv")) {
            return List.of();
        }
        return lines().stream()
                .skip(1)
                .map(line -> line.split(","))
                .map(fields -> fields[4] + " " + fields[6])
                .toList();
    }

    /** The last use is as the clock of the test says. */
    @Override
    protected Entry kept(Journal journal, String key, String picture) throws Exception {
        Entry result = super.kept(journal, key, picture);
        Files.setLastModifiedTime(folder.resolve(key + ".entry"), FileTime.from(clock.instant()));
        return result;
    }

    @Test
    void theLedgerIsAFileForASpreadsheet() throws Exception {
        Entry result = kept(journal(), KEY, "a picture");
        journal().ledger().charged(result.charge(Billed.YES));

        assertThat(lines())
                .containsExactly(
                        "time,operation,file,credits,billed,id,reference",
                        result.since() + ",erase,photo.jpg,1,YES,event-1," + reference(result));
    }

    @Test
    void aTaskThatTakesLongerThanThePeriodOfALimitIsChargedOnce() throws Exception {
        Journal journal = journal();
        Entry task = journal.claim(KEY, "video", "clip.mp4").in(State.SUBMITTED).withTask("task-1");
        journal.change(task);
        journal.ledger().reserve(task.charge(Billed.UNKNOWN), SpendingLimit.parse("5/1h"));
        journal.ledger().spent(Duration.ofHours(1));
        forward(Duration.ofMinutes(75));

        assertThat(known(journal, task).completed(BigDecimal.ONE)).isTrue();
        assertThat(known(journal, task).completed(BigDecimal.ONE)).isFalse();

        assertThat(ledger()).containsExactly("RESERVED task-1", "YES task-1");
    }

    @Test
    void aTaskWhoseEndTheLedgerDidNotTakeIsNewsWhenItDoes() throws Exception {
        Journal journal = journal();
        Entry task = journal.claim(KEY, "video", "clip.mp4").in(State.SUBMITTED).withTask("task-1");
        journal.change(task);
        Files.createDirectory(folder.resolve("ledger.csv"));
        assertThat(known(journal, task).completed(BigDecimal.ONE)).isFalse();
        Files.delete(folder.resolve("ledger.csv"));

        assertThat(known(journal, task).completed(BigDecimal.ONE)).isTrue();
    }

    @Test
    void whatIsCutOffInTheLedgerIsLeftOut() throws Exception {
        Path ledger = folder.resolve("ledger.csv");
        Journal one = journal();
        Journal two = journal();
        one.ledger().charged(charge("a"));
        Files.writeString(ledger, charge("b").time() + ",erase,b.jpg,1,YE", StandardOpenOption.APPEND);
        assertThat(two.ledger().spent(Duration.ofHours(1))).isEqualByComparingTo("1");

        one.ledger().charged(charge("c"));
        Files.writeString(ledger, "\n,,,\nno line at all\n", StandardOpenOption.APPEND);
        two.ledger().charged(charge("d"));

        assertThat(one.ledger().spent(Duration.ofHours(1))).isEqualByComparingTo("3");
        assertThat(two.ledger().spent(Duration.ofHours(1))).isEqualByComparingTo("3");
    }

    @Test
    void aReportNeedsNoOpenJournal() throws Exception {
        LocalDate today = clock.instant().atZone(ZoneOffset.UTC).toLocalDate();
        assertThat(FolderJournal.perDay(folder.resolve("none"), today, ZoneOffset.UTC))
                .isEmpty();

        journal().ledger().charged(charge("a"));

        assertThat(FolderJournal.perDay(folder, today, ZoneOffset.UTC)).containsOnlyKeys(today);
    }

    @Test
    void whatTheLedgerSaysInAWordOfAnotherVersionCountsAsSpent() throws Exception {
        Journal journal = journal();
        journal.ledger().charged(charge("a"));
        Files.writeString(
                folder.resolve("ledger.csv"),
                charge("b").time() + ",erase,b.jpg,1,DISPUTED,,b\n",
                StandardOpenOption.APPEND);

        assertThat(journal.ledger().spent(Duration.ofHours(1))).isEqualByComparingTo("2");
    }

    @Test
    void aLedgerThatWasPutAwayIsBegunAnew() throws Exception {
        Journal journal = journal();
        journal.ledger().charged(charge("a"));
        journal.ledger().charged(charge("b"));
        assertThat(journal.ledger().spent(Duration.ofHours(1))).isEqualByComparingTo("2");

        Files.move(folder.resolve("ledger.csv"), folder.resolve("last-year.csv"));
        assertThat(journal.ledger().spent(Duration.ofHours(1))).isZero();
        journal.ledger().charged(charge("c"));
        assertThat(journal.ledger().spent(Duration.ofHours(1))).isEqualByComparingTo("1");
    }

    private Charge charge(String reference) {
        return new Charge(clock.instant(), "erase", "a, b.jpg", BigDecimal.ONE, Billed.YES, "event", reference);
    }

    @Test
    void theFilesOfAnAnswerGoWithIt() throws Exception {
        Journal journal = journal(100);
        kept(journal, KEY, "x".repeat(60));
        forward(Duration.ofMinutes(1));

        kept(journal, OTHER, "x".repeat(60));

        assertThat(names())
                .contains(OTHER + ".entry", OTHER + ".picture")
                .doesNotContain(KEY + ".entry", KEY + ".picture");

        forward(Duration.ofHours(25));
        journal().claim(OTHER, "erase", "photo.jpg");
        assertThat(names()).contains(OTHER + ".entry").doesNotContain(OTHER + ".picture");
    }

    @Test
    void aPartThatIsMissingOrCutOffIsAFailure() throws Exception {
        Journal journal = journal();
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

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void whatIsNoFileInThePlaceOfAnEntryCountsAsUnknown(boolean link) throws Exception {
        Path place = folder.resolve(KEY + ".entry");
        if (link) {
            Files.createSymbolicLink(place, folder.resolve("gone"));
        } else {
            Files.createDirectory(place);
        }

        assertThat(journal().claim(KEY, "erase", "photo.jpg").state()).isEqualTo(State.UNKNOWN);
    }

    @Test
    void anEntryThatWasCutOffAnywhereIsNoEntry() throws Exception {
        Journal journal = journal();
        kept(journal, KEY, "a picture");
        String whole = Files.readString(folder.resolve(KEY + ".entry"));
        for (int length = 0; length < whole.length(); length++) {
            String part = whole.substring(0, length);
            assertThatThrownBy(() -> EntryText.read(KEY, part, false))
                    .isInstanceOf(EntryText.UnreadableException.class);
        }
        assertThat(EntryText.read(KEY, whole, false).state()).isEqualTo(State.RESULT);
    }

    @Test
    void anEntryOfANewerVersionIsLeftAlone() throws Exception {
        Files.writeString(folder.resolve(KEY + ".entry"), "version=7\nstatus=DREAMING\n");
        Journal journal = journal();

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

        clock.pass(Duration.ofHours(2));
        journal();

        assertThat(names()).doesNotContain(KEY + ".picture");
    }

    @Test
    void roomIsReservedUntilItIsGivenBack() throws Exception {
        Journal journal = journal();
        long half = folder.toFile().getUsableSpace() / 2;

        Journal.Room room = journal.reserveRoom(half);
        assertThatThrownBy(() -> journal.reserveRoom(half))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("no room")
                .hasMessageContaining(folder.toString());
        room.close();
        room.close();
        journal.reserveRoom(half / 2).close();
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
        Journal journal = journal();
        for (String name : List.of("=cmd|' /C calc'!A0", "a,b \"c\"\nd.jpg", "été.jpg")) {
            Entry claim = journal.claim(KEY, "erase", name);
            journal.ledger().charged(sending(claim).charge(Billed.YES));
            journal.remove(claim);
            journal.release(claim);
        }

        assertThat(lines()).hasSize(4);
        assertThat(lines().get(1)).contains(",\"'=cmd|' /C calc'!A0\",");
        assertThat(lines().get(2)).contains(",\"a,b \"\"c\"\"\\u000ad.jpg\",");
        assertThat(lines().get(3)).contains(",\"été.jpg\",");
    }

    @Test
    void aLineOfTheLedgerThatWasCutOffDoesNotSpoilTheNext() throws Exception {
        Journal journal = journal();
        Charge charge = sending(journal.claim(KEY, "erase", "photo.jpg")).charge(Billed.YES);
        journal.ledger().charged(charge);
        try (FileChannel file = FileChannel.open(folder.resolve("ledger.csv"), StandardOpenOption.WRITE)) {
            file.truncate(file.size() - 5);
        }

        journal.ledger().charged(charge);

        assertThat(lines()).hasSize(3).last().asString().endsWith(charge.reference());
    }

    @Test
    void aFolderThatCannotBeWrittenIsRefused() throws Exception {
        Path file = Files.createFile(folder.resolve("a-file"));

        assertThatThrownBy(() -> new FolderJournal(file, Duration.ofDays(1), 100))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(file.toString());
    }

    private List<String> lines() throws IOException {
        return Files.readAllLines(folder.resolve("ledger.csv"));
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
