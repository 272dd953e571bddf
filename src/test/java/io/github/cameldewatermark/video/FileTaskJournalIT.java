package io.github.cameldewatermark.video;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.JavaProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The journal that is a folder, with JVMs that share it, and with one that is killed. */
@Timeout(180)
class FileTaskJournalIT {

    private static final int KILLS = 8;

    private final List<JavaProcess> nodes = new ArrayList<>();

    @TempDir
    private Path temp;

    private Path folder;

    @AfterEach
    void stopNodes() {
        nodes.forEach(JavaProcess::close);
    }

    @Test
    void ofTwoProcessesThatClaimClipsAtOnceOneWinsEachAndBothLearnWhich() throws Exception {
        folder = temp.resolve("journal");
        JavaProcess one = start("one", "claim");
        JavaProcess two = start("two", "claim");
        one.awaitLine("ready", 30);
        two.awaitLine("ready", 30);
        Files.createFile(folder.resolve("go"));
        one.awaitLine("done", 60);
        two.awaitLine("done", 60);

        Map<String, Set<String>> tasks = new TreeMap<>();
        claimed(one, tasks);
        claimed(two, tasks);
        assertThat(tasks).hasSize(JournalNode.CLIPS);
        assertThat(tasks.values()).allSatisfy(ofOneClip -> assertThat(ofOneClip).hasSize(1));
        Set<String> winners = new TreeSet<>();
        tasks.values()
                .forEach(ofOneClip -> winners.add(ofOneClip.iterator().next().substring(0, 3)));
        assertThat(winners).as("both were in the race").containsExactly("one", "two");
    }

    private static void claimed(JavaProcess node, Map<String, Set<String>> tasks) {
        List<String> lines = node.output().stream()
                .filter(line -> line.startsWith("claimed "))
                .toList();
        assertThat(lines).hasSize(JournalNode.CLIPS * JournalNode.THREADS);
        for (String line : lines) {
            String[] words = line.split(" ");
            tasks.computeIfAbsent(words[1], clip -> new TreeSet<>()).add(words[2]);
        }
    }

    @Test
    void whatAProcessRecordedBeforeItWasKilledIsThereAndTheNextStartSucceeds() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        folder = temp.resolve("journal");
        Map<String, String> recorded = new HashMap<>();
        for (int kill = 0; kill < KILLS; kill++) {
            JavaProcess node = start("node" + kill, "write");
            int lines = 1 + random.nextInt(100);
            Awaitility.await().until(() -> node.output().size() > lines);
            node.close(); // SIGKILL
            node.awaitEnd(10);
            node.output().stream().filter(line -> line.startsWith("recorded ")).forEach(line -> {
                String[] words = line.split(" ");
                recorded.put(words[1], words[2]);
            });

            FileTaskJournal journal = new FileTaskJournal(folder);
            for (Map.Entry<String, String> each : recorded.entrySet()) {
                TaskRecord found = journal.find(each.getKey());
                assertThat(found)
                        .as("%s, kill %d, seed %d", each.getKey(), kill, seed)
                        .isNotNull();
                assertThat(found.taskId()).isEqualTo(each.getValue());
            }
            assertThat(files(".unreadable")).as("seed %d", seed).isEmpty();
        }
        assertThat(recorded).hasSizeGreaterThan(KILLS);
        removesLeftovers();
    }

    private void removesLeftovers() throws IOException {
        for (Path leftover : files(".tmp")) {
            Files.setLastModifiedTime(leftover, FileTime.from(Instant.now().minusSeconds(3600)));
        }
        new FileTaskJournal(folder);
        assertThat(files(".tmp")).isEmpty();
    }

    private List<Path> files(String suffix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.toString().endsWith(suffix)).toList();
        }
    }

    private JavaProcess start(String name, String what) throws IOException {
        JavaProcess node = JavaProcess.start(JournalNode.class, List.of("-Xmx64m"), folder.toString(), name, what);
        nodes.add(node);
        return node;
    }
}
