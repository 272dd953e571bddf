package com.example;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
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

/** A broker, a submit node and two wait nodes, a process each, and one of them is killed in the middle. */
@Timeout(360)
class ClusterTest {

    private static final int CLIPS = 20;
    private static final String STARTED = "Routes startup";
    private static final String FETCHING = " is done: fetching it";

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private Cluster cluster;
    private ChildProcess broker;
    private ChildProcess submit;
    private ChildProcess one;
    private ChildProcess two;

    @BeforeEach
    void prepare() throws Exception {
        sandbox = Sandbox.builder().taskDuration(Duration.ofSeconds(3)).start();
        cluster = new Cluster(folder, sandbox, line -> {})
                .with("look.every", "500")
                .with("org.slf4j.simpleLogger.log.org.apache.camel.impl.engine.AbstractCamelContext", "info");
        for (int i = 0; i < CLIPS; i++) {
            Clips.drop(folder.resolve("inbox").resolve(name(i)), Clips.clip(i));
        }
    }

    @AfterEach
    void stop() {
        cluster.close();
        sandbox.close();
    }

    @Test
    void eachClipIsDeliveredAndChargedOnceWhenAWaitNodeIsKilled() throws Exception {
        // so that the kill meets a download
        sandbox.faults().on(Call.DOWNLOAD).always().inject(Fault.delay(Duration.ofSeconds(5)));
        startAll();

        String line = one.awaitLine(FETCHING);
        one.kill();
        sandbox.faults().clear();
        String clip = line.substring(line.indexOf("clip-"), line.indexOf(FETCHING));
        assertThat(folder.resolve("outbox").resolve(clip)).doesNotExist();

        assertThatAllIsWell();
        assertThat(two.output()).anyMatch(said -> said.endsWith(clip + " is clean"));

        cluster.close();
        for (ChildProcess node : List.of(submit, two)) {
            node.awaitLine("(its output ended");
            assertThat(node.output()).noneMatch(said -> said.contains("Exception"));
        }
    }

    @Test
    void eachClipIsDeliveredAndChargedOnceWhenTheSubmitNodeIsKilledAndStartedAgain() throws Exception {
        // so that the kill meets a submit
        sandbox.faults().on(Call.SUBMIT).after(5).always().inject(Fault.delay(Duration.ofSeconds(5)));
        startAll();

        submit.awaitLine(" is submitted");
        submit.kill();
        sandbox.faults().clear();
        assertThat(files("inbox")).isNotEmpty();
        cluster.startSubmitNode();

        assertThatAllIsWell();
    }

    @Test
    void eachClipIsDeliveredAndChargedOnceWhenTheBrokerIsKilledAndStartedAgain() throws Exception {
        startAll();

        two.awaitLine(" is not done yet");
        broker.kill();
        cluster.startBroker(URI.create(cluster.brokerUrl()).getPort());

        assertThatAllIsWell();
    }

    @Test
    void aTaskThatFailsIsRefundedAndNotLookedAtAgainAndAPlatformThatIsAwayIsAskedLater() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        sandbox.faults().on(Call.STATUS).times(3).inject(Fault.status(503).retryAfter("2"));
        startAll();

        try (Queues queues = new Queues(cluster.brokerUrl())) {
            soon().until(() -> files("outbox").size() == CLIPS - 1
                    && files("failed").size() == 1
                    && queues.messages("clips") == 0);
            assertThat(queues.messages(Broker.DEAD_LETTERS)).isZero();
        }
        String reason = files("failed").iterator().next();
        assertThat(folder.resolve("failed").resolve(reason)).content().contains("failed", "refunded");
        assertThat(files("outbox")).doesNotContain(reason.replace(".txt", ""));
        assertThat(sandbox.ledger()).hasSize(CLIPS + 1);
    }

    /** Both wait nodes are there when the first clip is submitted. */
    private void startAll() throws Exception {
        broker = cluster.startBroker(0);
        one = cluster.startWaitNode("one");
        two = cluster.startWaitNode("two");
        one.awaitLine(STARTED);
        two.awaitLine(STARTED);
        submit = cluster.startSubmitNode();
    }

    private void assertThatAllIsWell() throws Exception {
        try (Queues queues = new Queues(cluster.brokerUrl())) {
            soon().until(() ->
                    files("outbox").size() == CLIPS && files("inbox").isEmpty() && queues.messages("clips") == 0);
            assertThat(queues.messages(Broker.DEAD_LETTERS)).isZero();
        }
        for (int i = 0; i < CLIPS; i++) {
            assertThat(folder.resolve("outbox").resolve(name(i))).hasBinaryContent(Clips.clip(i));
            assertThat(folder.resolve("inbox/.submitted").resolve(name(i))).exists();
        }
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).hasSize(CLIPS);
    }

    private static ConditionFactory soon() {
        return await().atMost(120, SECONDS);
    }

    private static String name(int clip) {
        return "clip-" + clip + ".mp4";
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
