package io.github.cameldewatermark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.TestClock;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ten thousand clips at once in a small JVM; in a usual build, three hundred. The sandbox is in this JVM. */
@Timeout(600)
class ScaleIT {

    private static final int CLIPS = Thorough.of(10_000, 300);
    private static final Duration TASK = Duration.ofMinutes(2);

    @TempDir
    private Path folder;

    @Test
    void allTasksAreInFlightAtOnceInA256MegabyteHeapWithFewerThanSixtyThreads() throws Exception {
        fillInbox();
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        TestClock clock = new TestClock(); // the tasks end when the test says so
        long start = System.nanoTime();
        try (Sandbox sandbox = Sandbox.builder()
                        .clock(clock)
                        .credits(CLIPS)
                        .taskDuration(TASK)
                        .clipEngine(TestClips.copying(1))
                        .dataDir(folder.resolve("platform"))
                        .start();
                JavaProcess node = JavaProcess.start(
                        ScaleNode.class,
                        List.of("-Xmx256m", "-XX:+UseG1GC", "-Djava.io.tmpdir=" + temp),
                        folder.toString(),
                        String.valueOf(CLIPS),
                        sandbox.baseUrl(),
                        sandbox.apiKey())) {
            String heap = node.awaitLine(ScaleNode.ALL_IN_FLIGHT, 240);
            long submitted = System.nanoTime();
            long statusCalls = sandbox.requests().count(Call.STATUS);
            clock.pass(TASK);
            int threads = Integer.parseInt(node.awaitLine(ScaleNode.ALL_DONE, 240));
            long done = System.nanoTime();
            assertThat(node.awaitEnd(60)).isZero();

            System.out.printf(
                    "ScaleIT: %d tasks in flight after %d s, %s MiB of heap, %d status calls by then; all done %d s later,"
                            + " %d status calls in all; at most %d threads%n",
                    CLIPS,
                    (submitted - start) / 1_000_000_000,
                    heap,
                    statusCalls,
                    (done - submitted) / 1_000_000_000,
                    sandbox.requests().count(Call.STATUS),
                    threads);
            assertThat(threads).isLessThan(60);
            assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(CLIPS);
            assertThat(sandbox.ledger()).hasSize(CLIPS);
        }
        assertThat(count("outbox")).isEqualTo(CLIPS);
        assertThat(count("inbox/.camel")).isEqualTo(CLIPS);
        assertThat(count("failed")).isZero();
        assertThat(temp).isEmptyDirectory();
    }

    private void fillInbox() throws IOException {
        Path inbox = folder.resolve("inbox");
        for (int i = 0; i < CLIPS; i++) {
            byte[] number = ByteBuffer.allocate(4).putInt(i).array(); // no two are the same
            TestFiles.drop(inbox.resolve("clip-" + i + ".mp4"), TestClips.mp4(1, number));
        }
    }

    private long count(String part) throws IOException {
        return TestFiles.names(folder.resolve(part)).size();
    }
}
