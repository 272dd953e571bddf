package io.github.cameldewatermark.video;

import static java.lang.Thread.State.BLOCKED;
import static java.lang.Thread.State.TERMINATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldewatermark.journal.JournalFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The journal that is a folder. */
class FileTaskJournalTest extends TaskJournalContract {

    @TempDir
    private Path temp;

    private Path folder() {
        return temp.resolve("new/journal");
    }

    @Override
    TaskJournal open(Clock clock) {
        return new FileTaskJournal(folder(), clock);
    }

    @Test
    void theFileOfATaskIsReadableByAnOperator() throws IOException {
        journal.record(new TaskRecord("clips/\u00fcber.mp4", "t1", "two\nlines", clock.instant()));

        // printf clips/\u00fcber.mp4 | sha256sum
        assertThat(folder().resolve("326760f339bcf207db584a25e4d796fe8f5edf00fbbaf36d61c203d45d46d690.task"))
                .hasContent("""
                        taskId=t1
                        name=two\\u000alines
                        created=2026-01-01T00:00:00Z
                        key=clips/\u00fcber.mp4
                        """);
    }

    @Test
    void aFolderThatDoesNotExistIsMadeForItsOwnerOnly() throws IOException {
        assumePosix();
        journal.record(task("clip", "t1"));

        assertThat(Files.getPosixFilePermissions(folder())).isEqualTo(PosixFilePermissions.fromString("rwx------"));
        assertThat(Files.getPosixFilePermissions(file("clip"))).isEqualTo(PosixFilePermissions.fromString("rw-------"));
    }

    @Test
    void nothingIsLeftOfATaskThatIsRemovedAndNoTempFileOfOneThatIsThere() throws IOException {
        journal.record(task("clip", "t1"));
        journal.record(task("clip", "t2"));
        assertThat(files()).containsExactly(".lock", file("clip").getFileName().toString());

        journal.remove(task("clip", "t1"));
        assertThat(files()).containsExactly(".lock");
    }

    @Test
    void aFileThatIsCutOffAnywhereIsSetAsideAndItsClipHasNoTask() throws IOException {
        TaskRecord task = new TaskRecord("k\u00e9y \\ \n of the clip", "t1", "cl\u00efp\n.mp4", clock.instant());
        journal.record(task);
        byte[] whole = Files.readAllBytes(file(task.key()));
        for (int length = 0; length < whole.length - 1; length++) { // all but the newline at the end is all
            Files.write(file(task.key()), Arrays.copyOf(whole, length));

            TaskJournal restarted = open(clock);

            assertThat(restarted.find(task.key())).as("%d bytes", length).isNull();
            assertThat(restarted.record(task)).isEqualTo(task);
            assertThat(file(task.key())).hasBinaryContent(whole);
        }
        assertThat(files()).filteredOn(name -> name.endsWith(".unreadable")).hasSize(whole.length - 1);
    }

    @Test
    void aFileThatIsCutOffWhileTheJournalIsOpenIsSetAsideWhenItsClipComes() throws IOException {
        journal.record(task("clip", "t1"));
        journal.record(task("clip 2", "t2"));
        Files.write(file("clip"), "taskId=t1\nname=clip".getBytes(StandardCharsets.UTF_8));
        Files.write(file("clip 2"), new byte[300]); // what a power failure may leave

        assertThat(journal.find("clip")).isNull();
        TaskRecord next = task("clip 2", "t3");
        assertThat(journal.record(next)).isEqualTo(next);
        assertThat(Files.readString(aside("clip"))).isEqualTo("taskId=t1\nname=clip");
        assertThat(Files.size(aside("clip 2"))).isEqualTo(300);
    }

    @Test
    void aFileThatIsSetAsideIsOneWarningThatSaysWhatItMeansAndWhatToDo() throws IOException {
        Files.writeString(file("clip"), "taskId=t1\n");
        try (Warnings warnings = Warnings.of(FileTaskJournal.class)) {
            open(clock);
            journal.find("clip");
            journal.record(task("clip", "t2"));

            assertThat(warnings.messages()).singleElement().satisfies(warning -> assertThat(warning)
                    .contains(file("clip") + " is no record of a task, because it is incomplete or was altered")
                    .contains("set aside as " + aside("clip").getFileName())
                    .contains("paid again")
                    .contains("resume it by the header CamelDewatermarkTaskId")
                    .doesNotContain("\n"));
        }
    }

    @Test
    void ofManyThatFindATornFileAtOnceOneWinsAndAllLearnWhich() throws Exception {
        for (int i = 0; i < 5; i++) {
            Files.write(file("clip " + i), new byte[] {'t', 'a'});
            allLearnTheSame("clip " + i);
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void aTaskRecordedWhileAnExpiredOneIsBeingTakenAwayStays(int look) throws Exception {
        TurningClock turning = new TurningClock();
        TaskJournal slow = open(turning);
        journal.record(task("clip", "expired"));
        clock.pass(TaskJournal.RETENTION.plusSeconds(1));
        TaskRecord next = task("clip", "t2");
        Thread recorder =
                new Thread(() -> assertThatCode(() -> open(clock).record(next)).doesNotThrowAnyException());

        turning.at(look, () -> {
            recorder.start();
            Awaitility.await().until(() -> Set.of(BLOCKED, TERMINATED).contains(recorder.getState()));
        });
        slow.find("clip");
        recorder.join();

        assertThat(turning.isDone()).isTrue();
        assertThat(journal.find("clip")).isEqualTo(next);
    }

    /** The clock of the test, which something happens at when a journal looks at it. */
    private final class TurningClock extends Clock {

        private int looks;
        private Runnable event;

        void at(int look, Runnable newEvent) {
            looks = look;
            event = newEvent;
        }

        boolean isDone() {
            return looks <= 0;
        }

        @Override
        public Instant instant() {
            if (--looks == 0) {
                event.run();
            }
            return clock.instant();
        }

        @Override
        public ZoneId getZone() {
            return clock.getZone();
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }

    static List<String> foreign() {
        return List.of("hello", "taskId=t1\nname=n\ncreated=yesterday\nkey=clip\n", "{}", "\u0000", "=\n=\n");
    }

    @Test
    void aForeignFileInThePlaceOfARecordIsSetAside() throws IOException {
        journal.record(task("another clip", "t1"));
        String ofAnotherClip = Files.readString(file("another clip"));
        int count = 0;
        for (String content :
                Stream.concat(foreign().stream(), Stream.of(ofAnotherClip)).toList()) {
            Files.writeString(file("clip"), content);

            assertThat(journal.find("clip")).as(content).isNull();

            count++;
            assertThat(files()).filteredOn(name -> name.endsWith(".unreadable")).hasSize(count);
        }
        assertThat(journal.find("another clip")).isNotNull();
    }

    @Test
    void aFolderOrALinkInThePlaceOfARecordIsSetAside() throws IOException {
        Files.createDirectories(file("clip").resolve("not empty"));
        assertThat(journal.record(task("clip", "t1"))).isEqualTo(task("clip", "t1"));
        assertThat(aside("clip").resolve("not empty")).exists();

        assumePosix();
        Files.createSymbolicLink(file("clip 2"), temp.resolve("nowhere"));
        assertThat(open(clock).record(task("clip 2", "t2"))).isEqualTo(task("clip 2", "t2"));
    }

    @Test
    void filesOfOthersInTheFolderAreLeftAlone() throws IOException {
        Files.writeString(folder().resolve("README.txt"), "hello");
        Files.writeString(folder().resolve("a.task"), "");
        Files.createDirectory(folder().resolve("sub"));
        clock.pass(TaskJournal.RETENTION.multipliedBy(2));

        open(clock);

        assertThat(files()).containsExactly(".lock", "README.txt", "a.task", "sub");
    }

    @Test
    void whatAKilledProcessLeftBeforeItPublishedIsRemovedButNotWhatIsBeingWritten() throws IOException {
        Path leftover = Files.writeString(folder().resolve(".writing-123.tmp"), "taskId=t1");
        Path current = Files.writeString(folder().resolve(".writing-456.tmp"), "taskId=t1");
        Files.setLastModifiedTime(leftover, FileTime.from(clock.instant().minus(Duration.ofMinutes(11))));
        Files.setLastModifiedTime(current, FileTime.from(clock.instant().minus(Duration.ofMinutes(9))));

        open(clock);

        assertThat(leftover).doesNotExist();
        assertThat(current).exists();
    }

    @Test
    void whatIsOutOfDateIsDeletedAtStartAndNowAndThen() throws IOException {
        journal.record(task("clip 1", "t1"));
        clock.pass(TaskJournal.RETENTION.plusSeconds(1));
        journal.record(task("clip 2", "t2"));
        assertThat(file("clip 1")).doesNotExist();

        clock.pass(TaskJournal.RETENTION.plusSeconds(1));
        open(clock);
        assertThat(file("clip 2")).doesNotExist();
    }

    @Test
    void timesFarFromNowDoNoHarm() throws IOException {
        String content = "taskId=t1\nname=n\ncreated=%s\nkey=%s\n";
        Files.writeString(file("past"), content.formatted(Instant.MIN, "past"));
        Files.writeString(file("future"), content.formatted(Instant.MAX, "future"));

        TaskJournal restarted = open(clock);

        assertThat(restarted.find("past")).isNull();
        assertThat(restarted.find("future").taskId()).isEqualTo("t1");
    }

    @Test
    void aFolderThatCanNotBeMadeOrWrittenIsNamed() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");
        for (Path impossible : List.of(file, file.resolve("journal"))) {
            assertThatThrownBy(() -> new FileTaskJournal(impossible))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("folder of the journal")
                    .hasMessageContaining(impossible.toString());
        }
    }

    @Test
    void aFolderThatIsReadOnlyIsNamed() {
        Path readOnly = Path.of("/proc/self"); // even for root
        assumeTrue(Files.isDirectory(readOnly), "there is no /proc here");

        assertThatThrownBy(() -> new FileTaskJournal(readOnly))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("can't be created or written: /proc/self");
    }

    @Test
    void aFolderThatIsGoneIsAnIOExceptionThatNamesIt() throws IOException {
        Files.delete(folder().resolve(".lock"));
        Files.delete(folder());

        assertThat(journal.find("clip")).isNull();
        assertThatThrownBy(() -> journal.record(task("clip", "t1")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(folder().toString());
    }

    /** As on FAT, for example. */
    @Nested
    class WithoutHardLinks extends TaskJournalContract {

        @Override
        TaskJournal open(Clock clock) {
            return new FileTaskJournal(
                    new JournalFolder(folder(), (link, existing) -> {
                        throw new UnsupportedOperationException();
                    }),
                    clock);
        }
    }

    private Path file(String key) {
        return folder().resolve(TaskRecordFile.name(key));
    }

    private Path aside(String key) {
        return folder().resolve(TaskRecordFile.name(key) + ".unreadable");
    }

    private Set<String> files() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    private void assumePosix() {
        assumeTrue(temp.getFileSystem().supportedFileAttributeViews().contains("posix"), "no POSIX file system");
    }
}
