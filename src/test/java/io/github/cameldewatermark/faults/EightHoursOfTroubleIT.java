package io.github.cameldewatermark.faults;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.config.Configurator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A watched folder that gets 5000 pictures and 200 clips in eight hours, while one call of five goes wrong and worse
 * things happen by the hour. In the end each of them is in exactly one of outbox and dead letters, was charged as often as
 * that says, and nothing is left behind.
 *
 * <p>The eight hours take about a minute: a minute takes 120 ms. Sockets, files, routes and threads are real. What is
 * shorter by about as much are the hours themselves with their troubles, the tasks, the pauses between polls and
 * redeliveries, {@code taskTimeout} and {@code maxThrottleWait}. What isn't, as it would be too short for the machine or
 * has no option: {@code responseTimeout} (2 s, which would be 15 minutes), {@code Retry-After} (1 s), the pauses before a
 * free call is repeated (500 ms and 2 s), and how a rate limit is felt out.
 *
 * <p>A build sends a fifth of the files, {@code -Pthorough} all. {@code -Dtrouble.seed=} repeats a run, as far as threads let
 * it; {@code -Dtrouble.hours=} makes it last longer, with as many more files.
 */
class EightHoursOfTroubleIT {

    private static final int HOURS = Integer.getInteger("trouble.hours", Thorough.of(8, 2));
    private static final int DAY = 8 * 60;
    /** So that a build doesn't wait for long: a fifth of the files, unless all are asked for. */
    private static final int PART = Thorough.of(1, 5);

    private static final int PICTURES = 5000 * HOURS / 8 / PART;
    private static final int CLIPS = 200 * HOURS / 8 / PART;
    private static final int PLENTY = 2 * PICTURES;
    private static final Duration MINUTE = Duration.ofMillis(120);
    /** Twice as long as the exchanges under way should take. */
    private static final Duration A_GRACEFUL_STOP = Duration.ofSeconds(30);

    private static final Duration A_STOP_BY_FORCE = Duration.ofMillis(300);

    private static final String OWN = "io.github.cameldewatermark";
    private static final String CAMEL = "org.apache.camel";

    private final long seed = Long.getLong("trouble.seed", new Random().nextLong());
    private final Random random = new Random(seed);
    private final RandomTroubles troubles = new RandomTroubles(new Random(random.nextLong()));
    private final Map<String, Integer> deliveries = new ConcurrentHashMap<>();
    private final LogLines log = LogLines.infos();
    private final Map<Integer, Runnable> events = new TreeMap<>();
    private final List<Input> inputs = new ArrayList<>();

    @TempDir
    private Path folder;

    private final Map<String, Level> logs = Map.of(
            OWN,
            LogManager.getLogger(OWN).getLevel(),
            CAMEL,
            LogManager.getLogger(CAMEL).getLevel());
    private final Leaks leaks = new Leaks();
    private Sandbox sandbox;
    private Relay relay;
    private TroubledNode node;
    private long granted = PLENTY;

    @BeforeEach
    void setUp() throws Exception {
        Configurator.setLevel(CAMEL, Level.WARN); // in full, the log would be larger than everything else
        Configurator.setLevel(OWN, Level.INFO);
        System.out.println("EightHoursOfTroubleIT: -Dtrouble.seed=" + seed + " -Dtrouble.hours=" + HOURS
                + (Thorough.ON ? " -Pthorough" : ""));
        IntStream.range(0, PICTURES).forEach(i -> inputs.add(new Input(false, i)));
        IntStream.range(0, CLIPS).forEach(i -> inputs.add(new Input(true, i)));
        Collections.shuffle(inputs, random);
        sandbox = Sandbox.builder()
                .credits(PLENTY)
                .taskSpeed(3)
                .pictureEngine(new WhiteningPictures())
                .clipEngine(TestClips.copying(1))
                .dataDir(folder.resolve("platform"))
                .start();
        for (int i = 0; i < CLIPS / 20; i++) {
            sandbox.faults().on(Call.SUBMIT).after(random.nextInt(20)).inject(Fault.failingTask());
        }
        relay = new Relay(sandbox.baseUrl(), troubles);
        node = startNode();
    }

    @AfterEach
    void tearDown() {
        stopAll();
        log.close();
        logs.forEach(Configurator::setLevel);
    }

    @Test
    void eachInputEndsOnceAndIsChargedAsItsEndSays() throws Exception {
        at(1, 20, relay::closePorts);
        at(1, 40, relay::openPorts);
        at(2, 10, () -> troubles.limit(30 / PART));
        at(2, 40, () -> troubles.limit(Integer.MAX_VALUE));
        at(3, 30, () -> restart(A_GRACEFUL_STOP));
        at(4, 20, () -> restart(A_STOP_BY_FORCE));
        at(4, 45, this::useUpCredits);
        at(5, 5, () -> grant(PLENTY));
        at(5, 20, relay::closePorts);
        at(5, 30, () -> restart(A_STOP_BY_FORCE));
        at(5, 40, relay::openPorts);
        at(6, 20, () -> troubles.offline(true));
        at(6, 40, () -> troubles.offline(false));
        pass(HOURS * 60);
        awaitRest();
        System.out.println("EightHoursOfTroubleIT: " + troubles);
        assertNothingIsHeld();
        Books books = books();
        books.assertInOrder(inputs);

        calmDown();
        putBackWhatIsFree(books);
        awaitRest();
        assertNothingIsHeld();
        books().assertInOrder(inputs);
        assertThat(files("failed")).allMatch(name -> name.startsWith("picture-"));

        stopAll();
        assertThat(relay.connections()).isZero();
        leaks.assertNone();
    }

    private void at(int hour, int minute, Runnable event) {
        events.put(hour * 60 + minute, event);
    }

    /** Lets time pass, and files come. */
    private void pass(int minutes) throws Exception {
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
        try {
            AtomicInteger minute = new AtomicInteger();
            ScheduledFuture<?> ticks = clock.scheduleAtFixedRate(
                    () -> pass(minute.getAndIncrement(), minutes), 0, MINUTE.toMillis(), MILLISECONDS);
            await().atMost(minutes * MINUTE.toMillis() * 3, MILLISECONDS)
                    .until(() -> minute.get() >= minutes || ticks.isDone());
            if (!ticks.cancel(false)) {
                ticks.get(); // says what went wrong
            }
        } finally {
            clock.shutdown();
            assertThat(clock.awaitTermination(1, TimeUnit.MINUTES)).isTrue();
        }
    }

    private void pass(int minute, int all) {
        if (minute >= all) { // the clock ticks on until it is stopped
            return;
        }
        drop(inputs.subList(inputs.size() * minute / all, inputs.size() * (minute + 1) / all));
        events.getOrDefault(minute % DAY, () -> {}).run();
    }

    private void grant(long credits) {
        sandbox.grant(credits);
        granted += credits;
    }

    /** Somebody else with the same key does. */
    private void useUpCredits() {
        grant(-sandbox.balance().longValue());
    }

    private void restart(Duration patience) {
        node.stop(patience);
        try {
            node = startNode();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private TroubledNode startNode() throws Exception {
        return new TroubledNode(folder, relay.url(), sandbox.apiKey(), deliveries);
    }

    /** A second time does nothing. */
    private void stopAll() {
        node.stop(A_STOP_BY_FORCE);
        relay.close();
        sandbox.close();
    }

    private void drop(List<Input> some) {
        try {
            for (Input input : some) {
                TestFiles.drop(folder.resolve("inbox").resolve(input.name()), input.content());
            }
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void awaitRest() {
        await().atMost(120, SECONDS).untilAsserted(() -> {
            assertThat(files("inbox")).isEmpty();
            assertThat(node.busy()).as(node.toString()).isZero();
            assertThat(relay.connections()).isZero();
        });
    }

    private Books books() throws IOException {
        Books books = new Books(folder, folder.resolve("platform"), deliveries, log.messages());
        BigDecimal spent = books.enter(sandbox.ledger());
        assertThat(BigDecimal.valueOf(granted).subtract(spent)).isEqualByComparingTo(sandbox.balance());
        return books;
    }

    private void calmDown() {
        troubles.end();
        sandbox.faults().clear();
    }

    /** What the operator does who reads what the dead letters say. */
    private void putBackWhatIsFree(Books books) throws IOException {
        for (String name : files("failed")) {
            Path file = folder.resolve("failed").resolve(name);
            if (!name.endsWith(".txt") && books.isFree(Input.named(name))) {
                Files.deleteIfExists(file.resolveSibling(name + ".txt"));
                Files.move(file, folder.resolve("inbox").resolve(name));
            }
        }
    }

    private void assertNothingIsHeld() throws IOException {
        leaks.assertNoTempFiles();
        assertThat(files("outbox")).hasSize(deliveries.size());
    }

    private List<String> files(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(part))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }
}
