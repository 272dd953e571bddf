package com.example;

import static com.example.RouteRun.inTheEnd;
import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** S3 goes away in the middle of a batch, both ends at once, and comes back with what it had. */
@Timeout(360)
class S3OutageTest {

    private static final int PICTURES = 20;

    private static final int FIRST = 5;

    private final Gate gate = new Gate(FIRST);

    private LocalS3 s3;
    private Sandbox sandbox;
    private RouteRun run;
    private Batch batch;

    @BeforeEach
    void prepare() throws Exception {
        s3 = new LocalS3("dirty", "clean");
        batch = Batch.ofPictures(PICTURES);
        batch.originals().forEach((name, content) -> s3.put("dirty", "inbox/" + name, content));
        sandbox = RouteRun.sandbox(builder -> builder.pictureEngine(gate::clean));
        run = route();
    }

    @AfterEach
    void stop() throws Exception {
        gate.open();
        run.close();
        sandbox.close();
        s3.close();
    }

    @Test
    void eachPictureIsDeliveredAndPaidOnce() throws Exception {
        run.with("errors.redeliveries", 10).start();
        soon().until(() -> s3.keys("clean").size() >= 3);

        s3.stop();
        assertThat(run.sandbox().ledger()).hasSizeLessThan(PICTURES);
        gate.open();
        awayForAWhile();
        s3.restart();

        inTheEnd()
                .untilAsserted(
                        () -> assertThat(s3.keys("dirty")).hasSize(PICTURES).allMatch(key -> key.startsWith("done/")));
        batch.assertDeliveredOrFailed(under("clean", "inbox/"), Map.of());
        batch.assertOriginals(under("dirty", "done/inbox/"));
        assertThat(run.sandbox().ledger()).hasSize(PICTURES);
    }

    @Test
    void whatCouldNotBeStoredForTooLongIsKeptCleanBesideItsReason() throws Exception {
        // the first ones are done, and all others are claimed when the bucket stops, with none on its way to it: what
        // is
        // stored without a confirmation would be kept as well
        List<String> later = List.copyOf(batch.originals().keySet()).subList(FIRST, PICTURES);
        later.forEach(name -> s3.delete("dirty", "inbox/" + name));
        run.with("errors.redeliveries", 1).start();
        soon().until(() -> under("dirty", "done/inbox/").size() == FIRST);
        later.forEach(name -> s3.put("dirty", "inbox/" + name, batch.originals().get(name)));
        soon().until(() -> inflight("s3-to-s3-clean") == PICTURES - FIRST);
        soon().until(() -> sandbox.requests().arrived(Call.ERASE) >= FIRST + 2);

        s3.stop();
        gate.open();
        soon().until(() -> inflight("s3-to-s3-failed") == PICTURES - FIRST);
        s3.restart();

        inTheEnd().untilAsserted(() -> assertThat(s3.keys("dirty"))
                .noneMatch(key -> key.startsWith("inbox/") || key.startsWith("working/")));
        var delivered = under("clean", "inbox/");
        batch.assertDeliveredOrFailed(delivered, under("dirty", "failed/inbox/"));
        var kept = under("dirty", "failed/clean/inbox/");
        assertThat(kept.keySet()).isNotEmpty();
        batch.assertClean(kept);
        // what is paid for is delivered or kept, and nothing is paid for twice
        assertThat(run.sandbox().ledger()).hasSize(delivered.size() + kept.size());
    }

    @Test
    void whatAProcessLeavesThatIsStoppedMeanwhileIsDeliveredWithoutPayingAgain() throws Exception {
        run.with("errors.redeliveries", 10)
                .with("camel.main.shutdownTimeout", 1)
                .start();
        soon().until(() -> s3.keys("clean").size() >= 3);
        s3.stop();
        gate.open();
        awayForAWhile();
        run.close();

        s3.restart();
        run = route().start();

        inTheEnd()
                .untilAsserted(
                        () -> assertThat(s3.keys("dirty")).hasSize(PICTURES).allMatch(key -> key.startsWith("done/")));
        batch.assertDeliveredOrFailed(under("clean", "inbox/"), Map.of());
        assertThat(sandbox.ledger()).hasSize(PICTURES);
    }

    /** Two pictures at a time. */
    private RouteRun route() throws Exception {
        return s3.use(new RouteRun(sandbox, "s3-to-s3"))
                .with("s3.in", "dirty")
                .with("s3.out", "clean")
                .with("s3.poll", 200)
                .with("camel.component.dewatermark.maxConcurrentRequests", 2);
    }

    private int inflight(String route) {
        return run.context().getInflightRepository().size(route);
    }

    /** For longer than the client of S3 tries by itself. */
    private static void awayForAWhile() {
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
    }

    /** What is under a prefix, by the rest of the key. */
    private Map<String, byte[]> under(String bucket, String prefix) {
        Map<String, byte[]> objects = new TreeMap<>();
        for (String key : s3.keys(bucket)) {
            if (key.startsWith(prefix)) {
                objects.put(key.substring(prefix.length()), s3.get(bucket, key));
            }
        }
        return objects;
    }
}
