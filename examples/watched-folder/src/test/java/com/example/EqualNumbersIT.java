package com.example;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.UnchangedPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.pixel.UnchangedClipEngine;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.awaitility.core.ConditionFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The numbers of the installed service after refusals, lost answers, a refund, failed deliveries and a kill: on the page, in the
 * meters, in the terminal, in its ledger, and in that of the platform.
 */
@Timeout(360)
class EqualNumbersIT {

    private static final BigDecimal LIMIT = new BigDecimal(100);
    /** A picture that is not answered while the gate is closed. */
    private static final int HELD_AT_THE_GATE = 13;

    private static final String CHARGED = "dewatermark_credits_charged_total";
    private static final String REMEMBERED = "dewatermark_results_remembered_total";

    /** It is another day there than in UTC, and for an hour at least it will be the same. */
    private static final ZoneId ZONE =
            ZoneId.of(OffsetDateTime.now(ZoneOffset.UTC).getHour() < 11 ? "GMT-12:00" : "GMT+14:00");

    @TempDir
    private Path folder;

    private final Gate gate = new Gate();
    private final Sandbox sandbox = Sandbox.builder()
            .taskDuration(Duration.ofMillis(300))
            .pictureEngine((picture, brush) -> {
                if (picture.getWidth() == width(HELD_AT_THE_GATE)) {
                    gate.pass();
                }
                return new UnchangedPictures().clean(picture, brush);
            })
            .clipEngine((input, output, progress) -> {
                gate.pass();
                return new UnchangedClipEngine(6).clean(input, output, progress);
            })
            .start();

    private Installation installation;
    private ServiceProcess service;

    private Scrape metersBeforeTheKill;
    private Scrape meters;
    private StatusFigures page;
    private Map<String, String> terminal;
    private LedgerFigures ledger;

    @BeforeEach
    void install() throws Exception {
        installation = Installation.unpack(folder.resolve("installed"));
    }

    @AfterEach
    void stop() {
        gate.open();
        service.close();
        sandbox.close();
    }

    @Test
    void afterTroubleTheNumbersAreTheSameEverywhere() throws Exception {
        start();
        workWithTrouble();
        metersBeforeTheKill = killInTheMiddle();
        long callsBefore = sandbox.requests().count(Call.ERASE);
        start();
        workOn();
        awaitLookAtTheBalance();
        meters = scrape();
        page = StatusFigures.of(service.get("/").body());
        terminal = terminal();
        ledger = ledger();

        assertWhatIsSpent();
        assertThat(page.credits("left")).isEqualByComparingTo(sandbox.balance());
        assertThat(terminal).containsEntry("credits left", sandbox.balance().toString());
        assertWhatIsUnderWay();
        assertMeter(
                "dewatermark_calls_seconds_count{call=\"erase\"}",
                sandbox.requests().count(Call.ERASE) - callsBefore);
        assertResults();
        assertFailures();
    }

    private void assertWhatIsSpent() {
        BigDecimal paid =
                sandbox.ledger().stream().map(LedgerEntry::signedAmount).reduce(BigDecimal.ZERO, BigDecimal::subtract);
        assertThat(paid).isEqualByComparingTo("15.6");
        // of the pictures that may have been charged, the one with the status 500 wasn't, which nobody here knows
        BigDecimal spent = paid.add(BigDecimal.ONE);
        assertThat(ledger.certain().add(ledger.uncertain())).isEqualByComparingTo(spent);
        assertThat(ledger.days(ZONE)).containsExactly(LocalDate.now(ZONE));

        assertThat(page.credits("spent today")).isEqualByComparingTo(spent);
        assertThat(page.credits("spent this month")).isEqualByComparingTo(spent);
        assertThat(page.html()).contains("<title>" + LocalDate.now(ZONE) + ": " + spent + " credits</title>");
        assertThat(page.creditsOfResults()).isEqualByComparingTo(ledger.certain());
        assertThat(terminal)
                .containsEntry("spent today", spent.toString())
                .containsEntry("spent this month", spent.toString());
        assertThat(meters.sum(CHARGED).add(metersBeforeTheKill.sum(CHARGED))).isEqualByComparingTo(ledger.certain());

        BigDecimal allowed = LIMIT.subtract(spent);
        assertThat(page.credits("allowed by the limit")).isEqualByComparingTo(allowed);
        assertThat(terminal).containsEntry("limit leaves", allowed.toString());
        assertThat(meters.sum("dewatermark_spending_left")).isEqualByComparingTo(allowed);
    }

    private void assertWhatIsUnderWay() {
        assertThat(page.html()).contains("<p>0 files, of which 0 wait for their turn</p>");
        assertThat(terminal).containsEntry("under way", "0").containsEntry("in the inbox", "0");
        assertMeter("dewatermark_exchanges_inflight", 0);
        assertMeter("dewatermark_exchanges_waiting", 0);
        assertMeter("dewatermark_tasks_inflight", 0);
    }

    /** One content came twice, and so has one result; and one result isn't in the outbox. */
    private void assertResults() throws IOException {
        assertThat(page.results())
                .isEqualTo(files("outbox").size() - 1 + files("failed/clean").size());
        assertThat(terminal)
                .containsEntry("in the outbox", String.valueOf(files("outbox").size()));
        // the other name of that content, and what was paid before the kill and delivered after it
        assertThat(metersBeforeTheKill.sum(REMEMBERED)).isEqualByComparingTo(BigDecimal.ONE);
        assertThat(meters.sum(REMEMBERED)).isEqualByComparingTo(BigDecimal.ONE);
    }

    private void assertFailures() throws IOException {
        List<String> reasons = reasons();
        assertThat(terminal).containsEntry("failed", String.valueOf(originals().size()));
        assertThat(ledger.linesUncertain())
                .isEqualTo(reasons.stream()
                        .filter(reason -> reason.contains("(billed: UNKNOWN)"))
                        .count());
        // since the last start: the picture that was being sent, and before it was tried again the clip that was
        // refunded
        assertThat(page.failures()).singleElement().satisfies(failure -> {
            assertThat(failure.billed()).isEqualTo("may have been charged");
            assertThat(reasons).anyMatch(reason -> reason.contains(failure.reason()));
        });
        assertMeter("dewatermark_failures_total{billed=\"unknown\"}", 1);
        assertMeter("dewatermark_failures_total{billed=\"no\"}", 1);
        assertMeter("dewatermark_failures_total", 2);
    }

    private void assertMeter(String selector, long value) {
        assertThat(meters.sum(selector)).as(selector).isEqualByComparingTo(BigDecimal.valueOf(value));
    }

    private void start() throws Exception {
        service = new ServiceProcess(installation, folder)
                .with(folder, sandbox)
                .property("user.timezone", ZONE)
                .property("camel.component.dewatermark.maximumSpend", LIMIT + "/1d")
                .property("camel.component.dewatermark.pollInterval", 200)
                .start();
        service.awaitLine(ServiceProcess.STARTED);
    }

    /** Four pictures and a clip are cleaned, four pictures fail, and a text does. */
    private void workWithTrouble() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("1"));
        sandbox.faults().on(Call.ERASE).inject(Fault.status(503).retryAfter("1"));
        sandbox.faults().on(Call.ERASE).inject(Fault.status(500));
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        sandbox.faults().on(Call.ERASE).inject(Fault.cut());
        sandbox.faults().on(Call.ERASE).inject(Fault.status(400));
        sandbox.faults().on(Call.ERASE).inject(Fault.delay(Duration.ofMillis(300)));
        sandbox.faults().on(Call.SUBMIT).inject(Fault.resetAfter());
        sandbox.faults().on(Call.STATUS).inject(Fault.status(500));
        sandbox.faults().on(Call.DOWNLOAD).inject(Fault.cut());
        for (int i = 1; i <= 8; i++) {
            drop(i, i + ".jpg");
        }
        drop("notes.jpg", "no picture".getBytes());
        dropClip("clip-1.mp4");
        soon().untilAsserted(() -> {
            assertThat(files("outbox")).hasSize(5).contains("clip-1.mp4");
            assertThat(originals()).hasSize(5).contains("notes.jpg");
        });
        assertThat(sandbox.faults().isUsedUp()).isTrue();
    }

    /**
     * Four files are under way: a clip and a picture that are charged before they are answered, a picture that is paid and can't be
     * delivered, and one that is held back by a rate limit. Returns what the meters said.
     */
    private Scrape killInTheMiddle() throws Exception {
        gate.close();
        dropClip("clip-2.mp4");
        drop(HELD_AT_THE_GATE, "killed.jpg");
        gate.awaitWaiting(2);
        Files.createDirectories(folder.resolve("outbox/.writing-undeliverable.jpg/full"));
        drop(9, "undeliverable.jpg");
        soon().untilAsserted(() -> assertThat(ledger().certain()).isEqualByComparingTo("6.2"));
        drop(9, "the-same.jpg");
        soon().until(() -> files("outbox").contains("the-same.jpg"));
        sandbox.faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("50"));
        drop(10, "held-back.jpg");
        soon().until(() -> sandbox.faults().isUsedUp() && isUnsent("held-back.jpg"));
        Scrape last = scrape();
        long answered = sandbox.requests().count(Call.ERASE);
        int charged = sandbox.ledger().size();
        service.kill();
        gate.open();
        soon().until(() ->
                sandbox.ledger().size() > charged && sandbox.requests().count(Call.ERASE) > answered);
        return last;
    }

    /** A clip fails, is refunded, and tried again; a picture that is paid is kept elsewhere; another one is paid for again. */
    private void workOn() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.failingTask());
        Files.delete(folder.resolve("outbox/.writing-undeliverable.jpg/full"));
        Files.delete(folder.resolve("outbox/.writing-undeliverable.jpg"));
        // it can't be written, and that is found out at once
        Files.createSymbolicLink(folder.resolve("outbox/.writing-rescued.jpg"), Path.of("nowhere/rescued.jpg"));
        drop(11, "rescued.jpg");
        drop(12, "12.jpg");
        dropClip("clip-3.mp4");
        soon().until(() -> originals().contains("killed.jpg"));
        Files.createDirectories(folder.resolve("pay-again"));
        Files.move(folder.resolve("failed/killed.jpg"), folder.resolve("pay-again/killed.jpg"));
        soon().untilAsserted(() -> {
            assertThat(files("inbox")).isEmpty();
            assertThat(files("outbox"))
                    .hasSize(12)
                    .contains("undeliverable.jpg", "12.jpg", "held-back.jpg", "clip-2.mp4", "clip-3.mp4", "killed.jpg");
            assertThat(files("failed/clean")).containsExactly("rescued.jpg");
            assertThat(scrape().sum("dewatermark_exchanges_inflight")).isZero();
        });
    }

    private static int width(int picture) {
        return 100 + picture;
    }

    private void drop(int picture, String name) throws IOException {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream();
        BufferedImage image = new BufferedImage(width(picture), 100, BufferedImage.TYPE_INT_RGB);
        ImageIO.write(image, "jpg", jpeg);
        drop(name, jpeg.toByteArray());
    }

    /** Another one by its content, as what follows on a clip is part of it, too. */
    private void dropClip(String name) throws IOException {
        ByteArrayOutputStream clip = new ByteArrayOutputStream();
        clip.write(Samples.read(Samples.CLIP));
        clip.write(new byte[] {0, 0, 0, 8 + 10, 'f', 'r', 'e', 'e'});
        clip.write(name.getBytes());
        drop(name, clip.toByteArray());
    }

    private void drop(String name, byte[] content) throws IOException {
        Samples.drop(name, content, folder.resolve("inbox"));
    }

    /** Whether its entry in the journal says so. */
    private boolean isUnsent(String name) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(folder.resolve(".journal"), "*.entry")) {
            for (Path entry : entries) {
                List<String> lines = Files.readAllLines(entry);
                if (lines.contains("name=" + name)) {
                    return lines.contains("state=CLAIMED");
                }
            }
        }
        return false;
    }

    private Scrape scrape() throws Exception {
        return Scrape.parse(service.get("/metrics").body());
    }

    /** The check looks, at most every ten seconds. */
    private void awaitLookAtTheBalance() {
        soon().untilAsserted(() -> {
            assertThat(service.get("/health/ready").statusCode()).isEqualTo(200);
            assertThat(scrape().sum("dewatermark_credits_available")).isEqualByComparingTo(sandbox.balance());
        });
    }

    private LedgerFigures ledger() throws IOException {
        return LedgerFigures.read(folder.resolve(".journal/ledger.csv"));
    }

    private Map<String, String> terminal() throws Exception {
        ServiceProcess status = service.status().start();
        assertThat(status.awaitEnd()).isEqualTo(StatusCommand.FINE);
        return status.output().stream()
                .map(line -> line.split(" {2,}", 2))
                .collect(Collectors.toMap(words -> words[0], words -> words[1]));
    }

    private List<String> originals() throws IOException {
        return files("failed").stream().filter(name -> !name.endsWith(".txt")).toList();
    }

    private List<String> reasons() throws IOException {
        List<String> reasons = new ArrayList<>();
        for (String name : files("failed")) {
            if (name.endsWith(".txt")) {
                reasons.add(Files.readString(folder.resolve("failed").resolve(name)));
            }
        }
        return reasons;
    }

    private List<String> files(String name) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .toList();
        }
    }

    private static ConditionFactory soon() {
        return await().atMost(120, SECONDS);
    }

    /** While it is closed, the platform finishes nothing. */
    private static final class Gate {
        private final AtomicInteger waiting = new AtomicInteger();
        private volatile CountDownLatch open = new CountDownLatch(0);

        void close() {
            open = new CountDownLatch(1);
        }

        void open() {
            open.countDown();
        }

        void pass() {
            waiting.incrementAndGet();
            try {
                open.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            waiting.decrementAndGet();
        }

        void awaitWaiting(int count) {
            soon().until(() -> waiting.get() == count);
        }
    }
}
