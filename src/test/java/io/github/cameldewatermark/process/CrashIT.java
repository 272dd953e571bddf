package io.github.cameldewatermark.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.journal.JournalFiles;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.SandboxMain;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import io.github.cameldewatermark.sandbox.platform.Prices;
import io.github.cameldewatermark.sandbox.platform.TaskStatus;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A video folder with a journal, whose process, or whose platform, is killed at random: each clip arrives, and is paid once.
 * Both tests print the seed of their random instants.
 */
@Timeout(300)
class CrashIT {

    private static final int CLIPS = Thorough.of(30, 12);
    private static final int KILLS_OF_THE_NODE = Thorough.of(20, 3);
    private static final int KILLS_OF_THE_PLATFORM = Thorough.of(8, 2);
    private static final String KEY = "sandbox-key";

    private final List<JavaProcess> processes = new ArrayList<>();
    private final Map<String, byte[]> clips = new TreeMap<>();
    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private int dropped;
    private final Map<String, Integer> met = new TreeMap<>();

    @TempDir
    private Path folder;

    @BeforeEach
    void makeClips() throws IOException {
        System.out.println("CrashIT: seed " + seed);
        Files.createDirectories(folder.resolve("tmp"));
        for (int i = 0; i < CLIPS; i++) {
            byte[] payload = new byte[100_000 + random.nextInt(1_000_000)];
            random.nextBytes(payload);
            clips.put("clip-%02d.mp4".formatted(i), TestClips.mp4(1 + i % 6, payload));
        }
    }

    @AfterEach
    void stopAll() {
        processes.forEach(JavaProcess::close);
    }

    @Test
    void aFolderWhoseProcessIsKilledAgainAndAgainGetsEachClipAndPaysItOnce() throws Exception {
        try (Sandbox sandbox =
                Sandbox.builder().taskSpeed(3).clipEngine(TestClips.copying(1)).start()) {
            makeCallsTakeTime(sandbox);
            for (int i = 0; i < KILLS_OF_THE_NODE; i++) {
                drop(share(i, KILLS_OF_THE_NODE + 1));
                long calls = callsForClips(sandbox);
                JavaProcess node = startNode(sandbox.baseUrl());
                await().atMost(60, SECONDS).until(() -> callsForClips(sandbox) > calls);
                node.killAfter(randomLife());
                noteWhatWasMet(sandbox);
            }
            drop(share(KILLS_OF_THE_NODE, KILLS_OF_THE_NODE + 1));
            JavaProcess last = startNode(sandbox.baseUrl());
            awaitEachClip();
            last.stop(60);

            assertPaidOnce(sandbox);
            assertThat(sandbox.requests().leaks()).isEmpty();
        }
        System.out.println("CrashIT: how many of " + KILLS_OF_THE_NODE + " kills met clips: " + met);
        if (Thorough.ON) { // a few kills may miss some
            assertThat(met).containsKeys("not yet paid", "being processed", "to be fetched");
        }
        assertNothingFailedOrLeft();
        assertThatAllIsInTheJournal();
    }

    @Test
    void aFolderWhosePlatformIsKilledAgainAndAgainGetsEachClipAndPaysItOnce() throws Exception {
        int port = freePort();
        JavaProcess platform = startPlatform(port);
        JavaProcess node = startNode("http://127.0.0.1:" + port);
        for (int i = 0; i < KILLS_OF_THE_PLATFORM; i++) {
            drop(share(i, KILLS_OF_THE_PLATFORM));
            platform.killAfter(randomLife());
            platform = startPlatform(port);
        }
        awaitEachClip();
        node.stop(60);
        platform.killAfter(Duration.ZERO);

        try (Sandbox sandbox =
                Sandbox.builder().dataDir(folder.resolve("platform")).start()) {
            assertPaidOnce(sandbox);
        }
        assertNothingFailedOrLeft();
        assertThatAllIsInTheJournal();
    }

    /** So that a kill meets calls that are under way, and above all one that pays. */
    private static void makeCallsTakeTime(Sandbox sandbox) {
        for (Call call : Call.values()) {
            sandbox.faults().on(call).always().inject(Fault.delay(Duration.ofMillis(call == Call.SUBMIT ? 300 : 100)));
        }
    }

    /** Without those about the account, which come first at each start. */
    private static long callsForClips(Sandbox sandbox) {
        return sandbox.requests().all().size() - sandbox.requests().count(Call.CREDIT);
    }

    /** A part of the clips for each kill, so that there is always something to do. */
    private List<String> share(int number, int all) {
        return List.copyOf(clips.keySet()).subList(number * CLIPS / all, (number + 1) * CLIPS / all);
    }

    private Duration randomLife() {
        return Duration.ofMillis(random.nextInt(1500));
    }

    private void noteWhatWasMet(Sandbox sandbox) throws IOException {
        long charged = sandbox.ledger().size();
        long processed = sandbox.tasks().stream()
                .filter(task -> task.status() == TaskStatus.COMPLETED)
                .count();
        List<String> delivered = files("inbox/.done");
        note("not yet paid", dropped > charged);
        note("being processed", charged > processed);
        note("to be fetched", processed > delivered.size());
    }

    private void note(String what, boolean isTrue) {
        if (isTrue) {
            met.merge(what, 1, Integer::sum);
        }
    }

    private JavaProcess startNode(String baseUrl) throws IOException {
        JavaProcess node = start(TaskFolderNode.class, "video", folder.toString(), baseUrl, KEY);
        node.awaitLine(TaskFolderNode.STARTED, 60);
        return node;
    }

    private JavaProcess startPlatform(int port) throws IOException {
        JavaProcess platform = start(
                SandboxMain.class,
                "--port=" + port,
                "--api-key=" + KEY,
                "--clips=unchanged",
                "--task-speed=3",
                "--data-dir=" + folder.resolve("platform"));
        platform.awaitLine("Dewatermark sandbox on ", 60);
        return platform;
    }

    private JavaProcess start(Class<?> main, String... args) throws IOException {
        JavaProcess process = JavaProcess.start(
                main, List.of("-Xmx64m", "-XX:-UsePerfData", "-Djava.io.tmpdir=" + folder.resolve("tmp")), args);
        processes.add(process);
        return process;
    }

    private void drop(List<String> names) throws IOException {
        dropped += names.size();
        for (String name : names) {
            TestFiles.drop(folder.resolve("inbox").resolve(name), clips.get(name));
        }
    }

    private void awaitEachClip() throws IOException {
        await().atMost(120, SECONDS)
                .until(() -> files("inbox").isEmpty() && files("inbox/.done").size() == CLIPS);
        for (Map.Entry<String, byte[]> clip : clips.entrySet()) {
            assertThat(folder.resolve("outbox").resolve(clip.getKey())).hasBinaryContent(clip.getValue());
        }
    }

    private void assertNothingFailedOrLeft() throws IOException {
        assertThat(files("failed")).isEmpty();
        assertThat(files("outbox")).containsExactlyElementsOf(clips.keySet());
        try (Stream<Path> temp = Files.walk(folder.resolve("tmp"))) {
            assertThat(temp.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private void assertThatAllIsInTheJournal() throws IOException {
        Path journal = folder.resolve(".journal");
        assertThat(JournalFiles.states(journal)).hasSize(CLIPS).containsOnly(State.RESULT);
        try (Stream<String> ledger = Files.lines(journal.resolve("ledger.csv"))) {
            assertThat(ledger.skip(1)).hasSize(CLIPS).allMatch(line -> line.contains(",YES,"));
        }
    }

    private static void assertPaidOnce(Sandbox sandbox) {
        // 1 to 6 seconds
        BigDecimal price = Prices.OF_THE_DOCUMENT.second().multiply(BigDecimal.valueOf(CLIPS / 6 * 21));
        assertThat(sandbox.ledger())
                .hasSize(CLIPS)
                .extracting(LedgerEntry::kind)
                .containsOnly(LedgerEntry.Kind.CHARGE);
        assertThat(sandbox.balance())
                .isEqualByComparingTo(BigDecimal.valueOf(1000).subtract(price));
    }

    private List<String> files(String part) throws IOException {
        Path path = folder.resolve(part);
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    /** One that the system doesn't give to connections: nobody takes it while the platform is down. */
    private int freePort() {
        while (true) {
            int port = 20_000 + random.nextInt(10_000);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken
            }
        }
    }
}
