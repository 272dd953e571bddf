package io.github.cameldewatermark.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.TestClock;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every task journal does. */
@Timeout(60)
abstract class TaskJournalContract {

    private static final int THREADS = 32;
    private static final Duration SOON = Duration.ofMinutes(10);

    final TestClock clock = new TestClock();

    TaskJournal journal;

    /** The same one of another node. */
    TaskJournal other;

    /** Opens the journal of this test, as another node does. */
    abstract TaskJournal open(Clock clock);

    @BeforeEach
    void open() {
        journal = open(clock);
        other = open(clock);
    }

    @Test
    void aClipThatNobodyRecordedHasNoTask() throws IOException {
        assertThat(journal.find("clip")).isNull();
    }

    @Test
    void theRecordedTaskIsFoundByEveryNodeAndAfterARestart() throws IOException {
        TaskRecord task = task("clip", "t1");

        assertThat(journal.record(task)).isEqualTo(task);

        assertThat(journal.find("clip")).isEqualTo(task);
        assertThat(open(clock).find("clip")).isEqualTo(task);
        assertThat(journal.find("another clip")).isNull();
    }

    @Test
    void theFirstTaskOfAClipStaysAndWhoComesLaterLearnsOfIt() throws IOException {
        TaskRecord first = task("clip", "t1");
        journal.record(first);

        assertThat(open(clock).record(task("clip", "t2"))).isEqualTo(first);
        assertThat(journal.record(first)).isEqualTo(first);
        assertThat(journal.find("clip")).isEqualTo(first);
    }

    @Test
    void aTaskIsForgottenOnRemovalAndItsClipCanHaveAnother() throws IOException {
        journal.record(task("clip", "t1"));

        journal.remove(task("clip", "t1"));

        assertThat(journal.find("clip")).isNull();
        TaskRecord next = task("clip", "t2");
        assertThat(open(clock).record(next)).isEqualTo(next);
    }

    @Test
    void removingATaskThatTheClipDoesNotHaveDoesNothing() throws IOException {
        TaskRecord task = task("clip", "t1");
        journal.record(task);

        journal.remove(task("clip", "t2"));
        journal.remove(task("another clip", "t1"));

        assertThat(journal.find("clip")).isEqualTo(task);
    }

    @Test
    void aTaskCountsUntilTheEndOfItsRetention() throws IOException {
        TaskRecord task = recordSoonExpired("clip");

        clock.pass(SOON);

        assertThat(journal.find("clip")).isEqualTo(task);
        assertThat(other.record(task("clip", "t2"))).isEqualTo(task);

        clock.pass(Duration.ofMillis(1));

        assertThat(journal.find("clip")).isNull();
        TaskRecord next = task("clip", "t2");
        assertThat(journal.record(next)).isEqualTo(next);
        assertThat(other.find("clip")).isEqualTo(next);
    }

    @Test
    void anExpiredTaskIsReplacedByTheNext() throws IOException {
        recordSoonExpired("clip");
        clock.pass(SOON.plusMillis(1));

        TaskRecord next = task("clip", "t2");
        assertThat(journal.record(next)).isEqualTo(next);
        assertThat(other.record(task("clip", "t3"))).isEqualTo(next);
    }

    /** By now, both nodes have tidied up for the next hour: what expires soon is still there. */
    private TaskRecord recordSoonExpired(String key) throws IOException {
        journal.record(task("new clip", "t"));
        other.record(task("new clip", "t"));
        TaskRecord task = new TaskRecord(
                key,
                "expired",
                "clip.mp4",
                clock.instant().minus(TaskJournal.RETENTION).plus(SOON));
        return journal.record(task);
    }

    static List<String> anyTexts() {
        return List.of(
                "",
                " ",
                "a\nb\r\nc\tkey=d",
                "back\\slash \\u0041 \\",
                "../../etc/passwd",
                "C:\\clips\\a.mp4",
                "'; DROP TABLE DEWATERMARK_TASK; --",
                "Stra\u00dfe \u4e2d\u6587 \ud83c\udfac",
                "e\u0301", // looks like \u00e9, but is another text
                "\u00e9",
                "nul \u0000, half a pair \ud83c, and the other half \udfac",
                "line \u2028, paragraph \u2029, next \u0085",
                "x".repeat(10_240),
                "\u4e2d".repeat(10_240));
    }

    @ParameterizedTest
    @MethodSource("anyTexts")
    void anyTextIsAKey(String key) throws IOException {
        TaskRecord task = task(key, "t1");

        assertThat(journal.record(task)).isEqualTo(task);

        assertThat(open(clock).find(key)).isEqualTo(task);
        assertThat(journal.find(key + "x")).isNull();
        assertThat(journal.find("X" + key)).isNull();
        journal.remove(task);
        assertThat(journal.find(key)).isNull();
    }

    @Test
    void keysThatDifferInTheirCaseOrInASpaceAtTheEndOrAfterManyCharactersAreDifferent() throws IOException {
        String longText = "x".repeat(10_240);
        List<String> keys = List.of("clip", "Clip", "clip ", " clip", longText + "1", longText + "2", "\ud83c", "?");
        for (String key : keys) {
            journal.record(task(key, "task of " + key.hashCode()));
        }

        for (String key : keys) {
            assertThat(journal.find(key).taskId()).isEqualTo("task of " + key.hashCode());
        }
    }

    @ParameterizedTest
    @MethodSource("anyTexts")
    void anyTextIsANameThoughALongOneMayBeCutOff(String name) throws IOException {
        TaskRecord task = new TaskRecord("clip", "t1", name, clock.instant());

        TaskRecord recorded = journal.record(task);

        assertThat(name).startsWith(recorded.name());
        assertThat(recorded.name().length()).isGreaterThanOrEqualTo(Math.min(name.length(), 40));
        assertThat(open(clock).find("clip")).isEqualTo(recorded);
        assertThat(journal.record(task("clip", "t2"))).isEqualTo(recorded);
    }

    @Test
    void ofManyThatClaimAClipAtOnceOneWinsAndAllLearnWhich() throws Exception {
        for (int i = 0; i < 5; i++) {
            allLearnTheSame("clip " + i);
        }
    }

    @Test
    void ofManyThatReplaceAnExpiredTaskAtOnceOneWinsAndAllLearnWhich() throws Exception {
        for (int i = 0; i < 5; i++) {
            recordSoonExpired("clip " + i);
        }
        clock.pass(SOON.plusMillis(1));
        for (int i = 0; i < 5; i++) {
            allLearnTheSame("clip " + i);
        }
    }

    @Test
    void whoWonAClipHasItAloneUntilHeRemovesHisTask() throws Exception {
        AtomicInteger owners = new AtomicInteger();
        AtomicInteger wins = new AtomicInteger();
        atOnce(8, thread -> {
            TaskJournal mine = thread % 2 == 0 ? journal : other;
            for (int i = 0; i < 20; i++) {
                TaskRecord task = task("clip", "t" + thread + "." + i);
                TaskRecord recorded = mine.record(task);
                if (recorded.equals(task)) {
                    assertThat(owners.incrementAndGet()).isEqualTo(1);
                    wins.incrementAndGet();
                    owners.decrementAndGet();
                    mine.remove(task);
                } else {
                    mine.remove(task); // not his
                }
            }
            return null;
        });
        assertThat(wins.get()).isPositive();
        assertThat(journal.find("clip")).isNull();
    }

    /** Many threads of two nodes claim a clip, each for a task of its own. */
    final void allLearnTheSame(String key) throws Exception {
        List<TaskRecord> learnt =
                atOnce(THREADS, thread -> (thread % 2 == 0 ? journal : other).record(task(key, "t" + thread)));

        Set<TaskRecord> different = new HashSet<>(learnt);
        assertThat(different).hasSize(1);
        TaskRecord winner = different.iterator().next();
        int number = Integer.parseInt(winner.taskId().substring(1));
        assertThat(winner).isEqualTo(task(key, "t" + number));
        assertThat(journal.find(key)).isEqualTo(winner);
    }

    interface OfThread<T> {
        T call(int thread) throws Exception;
    }

    static <T> List<T> atOnce(int threads, OfThread<T> work) throws Exception {
        CyclicBarrier start = new CyclicBarrier(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Callable<T>> calls = IntStream.range(0, threads)
                    .<Callable<T>>mapToObj(thread -> () -> {
                        start.await(30, TimeUnit.SECONDS);
                        return work.call(thread);
                    })
                    .toList();
            List<T> results = new ArrayList<>();
            for (Future<T> result : pool.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }

    final TaskRecord task(String key, String taskId) {
        return new TaskRecord(key, taskId, "clip.mp4", clock.instant());
    }
}
