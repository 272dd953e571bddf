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
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two JVMs on one folder, of which one is killed in the middle. */
@Timeout(180)
class SharedFolderIT {

    private static final int PICTURES = Thorough.of(120, 80);
    private static final int MOST_CALLS_OF_A_NODE = 16;

    private final List<JavaProcess> nodes = new ArrayList<>();

    @TempDir
    private Path folder;

    @Test
    void eachPictureIsPaidForOnceAndIsInTheOutboxOrUnclearWhenANodeIsKilled() throws Exception {
        try (Sandbox sandbox =
                Sandbox.builder().pictureEngine(new WhiteningPictures()).start()) {
            answerAfter(Duration.ofSeconds(1), sandbox);
            JavaProcess one = start("one", sandbox);
            JavaProcess two = start("two", sandbox);
            one.awaitLine(SharedFolderNode.STARTED, 60);
            two.awaitLine(SharedFolderNode.STARTED, 60);
            Set<String> names = fillInbox();
            await().atMost(60, SECONDS).until(() -> files("outbox").size() > 20);
            answerAfter(Duration.ofSeconds(15), sandbox);
            // more than one node can have under way, so that the kill meets calls of the other one
            await().atMost(60, SECONDS)
                    .until(() -> sandbox.requests().arrived(Call.ERASE)
                                    - sandbox.requests().count(Call.ERASE)
                            > MOST_CALLS_OF_A_NODE);
            one.close(); // kills it
            sandbox.faults().clear();
            start("one", sandbox);
            await().atMost(90, SECONDS)
                    .until(() -> files("inbox").isEmpty()
                            && files("inbox/.claimed/one").isEmpty()
                            && files("inbox/.claimed/two").isEmpty());

            // a picture that was sent twice would make more calls than there are pictures
            assertThat(sandbox.requests().count(Call.ERASE)).isLessThanOrEqualTo(PICTURES);
            Set<String> unclear = files("failed").stream()
                    .filter(name -> name.endsWith(".jpg"))
                    .collect(Collectors.toCollection(TreeSet::new));
            // what was being sent
            assertThat(unclear).hasSizeBetween(1, MOST_CALLS_OF_A_NODE);
            assertThat(folder.resolve("failed").resolve(unclear.iterator().next() + ".txt"))
                    .content()
                    .contains("may have been charged");
            Set<String> delivered = files("outbox");
            assertThat(delivered).doesNotContainAnyElementsOf(unclear).hasSize(PICTURES - unclear.size());
            assertThat(names).containsAll(delivered).containsAll(unclear);
            assertThat(files("inbox/.done")).isEqualTo(delivered);
            assertThat(sandbox.ledger().size()).isBetween(delivered.size(), PICTURES);
        }
    }

    private static void answerAfter(Duration delay, Sandbox sandbox) {
        sandbox.faults().clear();
        sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(delay));
    }

    @AfterEach
    void stopNodes() {
        nodes.forEach(JavaProcess::close);
    }

    private JavaProcess start(String name, Sandbox sandbox) throws IOException {
        JavaProcess node = JavaProcess.start(
                SharedFolderNode.class,
                // what a killed process leaves goes with the folder
                List.of("-Xmx64m", "-Djava.io.tmpdir=" + Files.createDirectories(folder.resolve("tmp"))),
                folder.toString(),
                name,
                sandbox.baseUrl(),
                sandbox.apiKey());
        nodes.add(node);
        return node;
    }

    private Set<String> fillInbox() throws IOException {
        Set<String> names = IntStream.range(0, PICTURES)
                .mapToObj(i -> "picture-" + i + ".jpg")
                .collect(Collectors.toCollection(TreeSet::new));
        for (String name : names) {
            int number = Integer.parseInt(name.replaceAll("\\D", ""));
            TestFiles.drop(folder.resolve("inbox").resolve(name), TestPictures.numbered(number));
        }
        return names;
    }

    private Set<String> files(String part) throws IOException {
        Path path = folder.resolve(part);
        if (!Files.exists(path)) {
            return Set.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !name.startsWith("."))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }
}
