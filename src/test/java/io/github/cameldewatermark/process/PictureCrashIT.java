package io.github.cameldewatermark.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A watched folder whose process is killed at random: no picture is sent twice by itself, and each is in the outbox, or unclear.
 * Prints the seed of its random instants.
 */
@Timeout(300)
class PictureCrashIT {

    private static final int PICTURES = Thorough.of(200, 120);
    private static final int KILLS = Thorough.of(10, 3);
    private static final int CALLS_AT_ONCE = 8;

    private final List<JavaProcess> processes = new ArrayList<>();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);

    @TempDir
    private Path folder;

    @AfterEach
    void stopAll() {
        processes.forEach(JavaProcess::close);
    }

    @Test
    void eachPictureIsPaidForOnceAndIsInTheOutboxOrUnclear() throws Exception {
        System.out.println("PictureCrashIT: seed " + seed);
        Files.createDirectories(folder.resolve("tmp"));
        try (Sandbox sandbox =
                Sandbox.builder().pictureEngine(new WhiteningPictures()).start()) {
            // so that a kill meets calls that are under way
            sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(Duration.ofMillis(400)));
            Set<String> names = IntStream.range(0, PICTURES)
                    .mapToObj("picture-%03d.jpg"::formatted)
                    .collect(Collectors.toCollection(TreeSet::new));
            for (String name : names) {
                drop("inbox", name, TestPictures.jpeg(64, 48, name.hashCode()));
            }
            for (int i = 0; i < KILLS; i++) {
                long calls = sandbox.requests().count(Call.ERASE);
                JavaProcess node = start(sandbox);
                await().atMost(60, SECONDS).until(() -> sandbox.requests().count(Call.ERASE) > calls);
                node.killAfter(Duration.ofMillis(random.nextInt(1500)));
            }
            JavaProcess last = start(sandbox);
            await().atMost(120, SECONDS).until(() -> files("inbox").isEmpty() && done().size() == PICTURES);

            Set<String> unclear = pictures("failed");
            System.out.println("PictureCrashIT: unclear after " + KILLS + " kills: " + unclear.size());
            assertThat(unclear).isNotEmpty().hasSizeLessThanOrEqualTo(KILLS * CALLS_AT_ONCE);
            Set<String> all = new TreeSet<>(files("outbox"));
            all.addAll(unclear);
            assertThat(all).isEqualTo(names);
            assertThat(files("outbox")).doesNotContainAnyElementsOf(unclear);
            assertThat(unclear)
                    .allSatisfy(name -> assertThat(folder.resolve("failed").resolve(name + ".txt"))
                            .content()
                            .contains("may have been charged")
                            .contains("its process ended before the answer arrived"));
            // a picture that was sent twice would make more calls than there are pictures
            long calls = sandbox.requests().count(Call.ERASE);
            assertThat(calls).isLessThanOrEqualTo((long) PICTURES);
            assertThat(ledger("YES")).isEqualTo((long) PICTURES - unclear.size());
            assertThat(ledger("UNKNOWN")).isEqualTo(unclear.size());
            assertThat(sandbox.ledger().size()).isBetween(PICTURES - unclear.size(), PICTURES);

            failsAgainForNothing(unclear, sandbox);
            isCleanedWhenItIsPaidAgain(unclear, sandbox);
            last.stop(60);
        }
    }

    private void failsAgainForNothing(Set<String> unclear, Sandbox sandbox) throws IOException {
        long calls = sandbox.requests().count(Call.ERASE);
        int paid = sandbox.ledger().size();
        for (String name : unclear) {
            Files.delete(folder.resolve("failed").resolve(name + ".txt"));
            Files.move(
                    folder.resolve("failed").resolve(name),
                    folder.resolve("inbox").resolve(name));
        }
        await().atMost(60, SECONDS).until(() -> pictures("failed").equals(unclear));
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(calls);
        assertThat(sandbox.ledger()).hasSize(paid);
    }

    private void isCleanedWhenItIsPaidAgain(Set<String> unclear, Sandbox sandbox) throws IOException {
        long calls = sandbox.requests().count(Call.ERASE);
        for (String name : unclear) {
            Files.move(
                    folder.resolve("failed").resolve(name),
                    folder.resolve("pay-again").resolve(name));
        }
        await().atMost(60, SECONDS).until(() -> files("outbox").size() == PICTURES);
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(calls + unclear.size());
        assertThat(ledger("YES")).isEqualTo((long) PICTURES);
    }

    private JavaProcess start(Sandbox sandbox) throws IOException {
        JavaProcess node = JavaProcess.start(
                PictureFolderNode.class,
                // what a killed process leaves goes with the folder
                List.of("-Xmx64m", "-XX:-UsePerfData", "-Djava.io.tmpdir=" + folder.resolve("tmp")),
                folder.toString(),
                sandbox.baseUrl(),
                sandbox.apiKey());
        processes.add(node);
        node.awaitLine(PictureFolderNode.STARTED, 60);
        return node;
    }

    private void drop(String part, String name, byte[] picture) throws IOException {
        TestFiles.drop(folder.resolve(part).resolve(name), picture);
    }

    /** The originals that have left the inbox. */
    private Set<String> done() throws IOException {
        Set<String> done = files("inbox/.done");
        done.addAll(pictures("failed"));
        return done;
    }

    private Set<String> pictures(String part) throws IOException {
        return files(part).stream()
                .filter(name -> name.endsWith(".jpg"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private long ledger(String billed) throws IOException {
        try (Stream<String> lines = Files.lines(folder.resolve(".journal/ledger.csv"))) {
            return lines.filter(line -> line.contains(",1," + billed + ",")).count();
        }
    }

    private Set<String> files(String part) throws IOException {
        Path path = folder.resolve(part);
        if (!Files.exists(path)) {
            return new TreeSet<>();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith(".") && !name.endsWith(".camelLock"))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
