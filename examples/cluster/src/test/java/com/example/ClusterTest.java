package com.example;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A submit node, two wait nodes, and a broker between them: a process each, and one of them is killed in the middle. */
@Timeout(180)
class ClusterTest {

    private static final int CLIPS = 20;
    private static final String FETCHING = " is done: fetching it";

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private Cluster cluster;
    private ChildProcess submit;
    private ChildProcess one;
    private ChildProcess two;

    @BeforeEach
    void start() throws Exception {
        sandbox = Sandbox.builder().taskDuration(Duration.ofSeconds(2)).start();
        cluster = new Cluster(folder, sandbox, line -> System.out.println(line))
                .with("look.every", "500")
                .with("camel.component.dewatermark.pollInterval", "100");
        cluster.startBroker(0);
        for (int i = 0; i < CLIPS; i++) {
            Clips.drop(folder.resolve("inbox/clip-" + i + ".mp4"), Clips.clip(i));
        }
        submit = cluster.startSubmitNode();
        one = cluster.startWaitNode("one");
        two = cluster.startWaitNode("two");
    }

    @AfterEach
    void stop() {
        cluster.close();
        sandbox.close();
    }

    @Test
    void eachClipIsDeliveredAndChargedOnceWhenAWaitNodeIsKilled() throws Exception {
        // so that the kill meets a download
        sandbox.faults().on(Call.DOWNLOAD).always().inject(Fault.delay(Duration.ofSeconds(1)));

        String line = one.awaitLine(FETCHING);
        one.kill();
        String clip = line.substring(line.indexOf("clip-"), line.indexOf(FETCHING));
        assertThat(folder.resolve("outbox").resolve(clip)).doesNotExist();

        soon().until(() -> files("outbox").size() == CLIPS);
        assertThat(two.output()).anyMatch(said -> said.endsWith(clip + " is clean"));
        allIsWell();
    }

    private void allIsWell() throws IOException {
        for (int i = 0; i < CLIPS; i++) {
            String name = "clip-" + i + ".mp4";
            assertThat(folder.resolve("outbox").resolve(name)).hasBinaryContent(Clips.clip(i));
            assertThat(folder.resolve("inbox/.submitted").resolve(name)).exists();
        }
        assertThat(files("outbox")).hasSize(CLIPS);
        assertThat(files("inbox")).isEmpty();
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).hasSize(CLIPS);
    }

    private static ConditionFactory soon() {
        return await().atMost(90, SECONDS);
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
