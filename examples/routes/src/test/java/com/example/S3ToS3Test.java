package com.example;

import static com.example.RouteRun.inTheEnd;
import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.SandboxBuilder;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.apache.camel.SuspendableService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(240)
class S3ToS3Test {

    private LocalS3 s3;
    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        s3 = new LocalS3("dirty");
        run = route(sandbox -> {});
    }

    private RouteRun route(Consumer<SandboxBuilder> settings) throws Exception {
        return s3.use(new RouteRun(settings, "s3-to-s3"))
                .with("s3.in", "dirty")
                .with("s3.out", "clean")
                .with("s3.poll", 200);
    }

    @AfterEach
    void stop() throws Exception {
        run.close();
        s3.close();
    }

    @Test
    void objectsArriveInTheOtherBucketUnderTheSameKeyAndTheOriginalsAreKept() throws Exception {
        s3.createBucket("clean");
        s3.put("dirty", "inbox/a/photo.jpg", Samples.jpeg());
        s3.put("dirty", "inbox/clip.mp4", Samples.clip());
        s3.put("dirty", "other/photo.jpg", Samples.jpeg());
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty"))
                .containsExactlyInAnyOrder("done/inbox/a/photo.jpg", "done/inbox/clip.mp4", "other/photo.jpg"));

        assertThat(s3.keys("clean")).containsExactlyInAnyOrder("inbox/a/photo.jpg", "inbox/clip.mp4");
        assertThat(s3.get("clean", "inbox/clip.mp4")).isEqualTo(Samples.clip());
        assertThat(Samples.read(s3.get("clean", "inbox/a/photo.jpg")))
                .extracting("width", "height")
                .containsExactly(Samples.WIDTH, Samples.HEIGHT);
        assertThat(s3.get("dirty", "done/inbox/a/photo.jpg")).isEqualTo(Samples.jpeg());
        assertThat(run.sandbox().balance()).isEqualByComparingTo("97.8");
    }

    /** Camel keeps a large object in a file, which must not go with the poll that has found the object. */
    @Test
    void aClipThatWaitsForAWorkerOutlivesThePollThatHasFoundIt() throws Exception {
        s3.createBucket("clean");
        run.sandbox().faults().on(Call.ERASE).inject(Fault.delay(Duration.ofSeconds(4)));
        s3.put("dirty", "inbox/a.jpg", Samples.jpeg());
        s3.put("dirty", "inbox/b.mp4", Samples.clip());
        for (int i = 0; i < 30; i++) {
            s3.put("dirty", "inbox/c" + i + ".jpg", Samples.numbered(i));
        }
        run.with("camel.component.dewatermark.maxConcurrentRequests", 1).start();

        inTheEnd().untilAsserted(() -> assertThat(s3.keys("clean")).hasSize(32));

        assertThat(s3.get("clean", "inbox/b.mp4")).isEqualTo(Samples.clip());
        assertThat(s3.keys("dirty")).noneMatch(key -> key.startsWith("failed/"));
    }

    @Test
    void anObjectIsPaidOnceThoughItIsSeenByManyPollsMeanwhile() throws Exception {
        s3.createBucket("clean");
        run.sandbox().faults().on(Call.ERASE).inject(Fault.delay(Duration.ofSeconds(2)));
        s3.put("dirty", "inbox/photo.jpg", Samples.jpeg());
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).containsExactly("done/inbox/photo.jpg"));

        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);
    }

    @Test
    void aKeyThatIsPutAgainMeanwhileIsCleanedAgain() throws Exception {
        s3.createBucket("clean");
        Gate gate = new Gate(0);
        run.close();
        run = route(sandbox -> sandbox.pictureEngine(gate::clean));
        s3.put("dirty", "inbox/photo.jpg", Samples.jpeg(50));
        run.start();
        soon().until(() -> s3.keys("dirty").stream().allMatch(key -> key.startsWith("working/")));

        s3.put("dirty", "inbox/photo.jpg", Samples.jpeg(200));
        gate.open();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty"))
                .containsExactlyInAnyOrder("done/inbox/photo.jpg", "done/inbox/photo-2.jpg"));
        assertThat(run.sandbox().ledger()).hasSize(2);
        assertThat(List.of(s3.get("dirty", "done/inbox/photo.jpg"), s3.get("dirty", "done/inbox/photo-2.jpg")))
                .containsExactlyInAnyOrder(Samples.jpeg(50), Samples.jpeg(200));
        assertThat(s3.keys("clean")).containsExactlyInAnyOrder("inbox/photo.jpg", "inbox/photo-2.jpg");
    }

    @Test
    void whatIsNoPictureGoesToFailedWithTheReasonBeforeAnythingIsSpent() throws Exception {
        s3.createBucket("clean");
        s3.put("dirty", "inbox/notes.jpg", Samples.text());
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty"))
                .containsExactlyInAnyOrder("failed/inbox/notes.jpg", "failed/inbox/notes.jpg.txt"));

        assertThat(s3.get("dirty", "failed/inbox/notes.jpg")).isEqualTo(Samples.text());
        assertThat(s3.get("dirty", "failed/inbox/notes.jpg.txt")).asString().contains("inbox/notes.jpg is a text");
        assertThat(s3.keys("clean")).isEmpty();
        assertThat(run.sandbox().requests().all()).isEmpty();
    }

    /** A failure of the account isn't one of the objects. */
    @ParameterizedTest
    @ValueSource(strings = {"inbox/", "pay-again/inbox/"})
    void objectsWaitUntilTheKeyIsAccepted(String prefix) throws Exception {
        s3.createBucket("clean");
        for (Call call : List.of(Call.CREDIT, Call.ERASE)) {
            run.sandbox().faults().on(call).always().inject(Fault.status(401));
        }
        for (int i = 0; i < 50; i++) {
            s3.put("dirty", prefix + i + ".jpg", Samples.numbered(i));
        }
        run.start();
        SuspendableService consumer =
                (SuspendableService) run.context().getRoute("s3-to-s3").getConsumer();
        soon().until(() ->
                consumer.isSuspended() && run.context().getInflightRepository().size() == 0);
        assertThat(s3.keys("dirty")).hasSize(50).allMatch(key -> key.startsWith(prefix));

        run.sandbox().faults().clear();

        inTheEnd().untilAsserted(() -> assertThat(s3.keys("clean")).hasSize(50));
        assertThat(s3.keys("dirty")).noneMatch(key -> key.startsWith("failed/"));
        assertThat(run.sandbox().ledger()).hasSize(50);
    }

    @Test
    void whatMayHaveBeenChargedIsPaidForAgainOnPurposeOnly() throws Exception {
        s3.createBucket("clean");
        run.sandbox().faults().on(Call.ERASE).inject(Fault.resetAfter());
        s3.put("dirty", "inbox/a.jpg", Samples.jpeg());
        run.start();
        soon().untilAsserted(() ->
                assertThat(s3.keys("dirty")).containsExactlyInAnyOrder("failed/inbox/a.jpg", "failed/inbox/a.jpg.txt"));
        assertThat(s3.get("dirty", "failed/inbox/a.jpg.txt"))
                .asString()
                .contains("may have been processed and charged");

        s3.put("dirty", "inbox/b.jpg", Samples.jpeg());
        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).hasSize(4).contains("failed/inbox/b.jpg"));
        assertThat(s3.get("dirty", "failed/inbox/b.jpg.txt")).asString().contains("Nothing was sent now");
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);

        s3.put("dirty", "pay-again/inbox/b.jpg", Samples.jpeg());
        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).hasSize(5).contains("done/inbox/b.jpg"));
        assertThat(s3.keys("clean")).containsExactly("inbox/b.jpg");
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(2);
    }

    @Test
    void aClipIsPaidForAgainOnPurposeOnly() throws Exception {
        s3.createBucket("clean");
        s3.put("dirty", "inbox/a.mp4", Samples.clip());
        run.start();
        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).containsExactly("done/inbox/a.mp4"));
        s3.put("dirty", "inbox/b.mp4", Samples.clip());
        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).contains("done/inbox/b.mp4"));
        assertThat(run.sandbox().ledger()).hasSize(1);

        s3.put("dirty", "pay-again/inbox/c.mp4", Samples.clip());

        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).contains("done/inbox/c.mp4"));
        assertThat(run.sandbox().ledger()).hasSize(2);
    }

    @Test
    void whatAKillLeavesIsPutBackAndCleaned() throws Exception {
        s3.createBucket("clean");
        Files.createFile(Files.createDirectories(s3.local().resolve(".journal")).resolve("ledger.csv"));
        s3.put("dirty", "working/inbox/a/photo.jpg/1", Samples.jpeg(50));
        s3.put("dirty", "inbox/a/photo.jpg", Samples.jpeg(200));
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty"))
                .containsExactlyInAnyOrder("done/inbox/a/photo.jpg", "done/inbox/a/photo-2.jpg"));

        assertThat(s3.get("dirty", "done/inbox/a/photo-2.jpg")).isEqualTo(Samples.jpeg(50));
        assertThat(s3.keys("clean")).hasSize(2);
    }

    @Test
    void whatAKillLeavesIsForAPersonToDecideIfNobodyKnowsWhatWasPaidFor() throws Exception {
        s3.createBucket("clean");
        s3.put("dirty", "working/inbox/photo.jpg/1", Samples.jpeg());
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty"))
                .containsExactlyInAnyOrder("failed/inbox/photo.jpg", "failed/inbox/photo.jpg.txt"));

        assertThat(s3.get("dirty", "failed/inbox/photo.jpg.txt")).asString().contains("there is no ledger");
        assertThat(run.sandbox().ledger()).isEmpty();
    }

    /** Such as a policy that allows to list some prefixes only. */
    @Test
    void aRunThatFailsDoesNotTakeWhatIsUnderWayForLeft() throws Exception {
        s3.createBucket("clean");
        s3.trouble().refuseListing("pay-again/inbox/", 403);
        run.sandbox().faults().on(Call.ERASE).inject(Fault.delay(Duration.ofSeconds(3)));
        s3.put("dirty", "inbox/photo.jpg", Samples.jpeg());
        run.start();

        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).containsExactly("done/inbox/photo.jpg"));

        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);
    }

    @Test
    void aClipUnderWayWaitsToo() throws Exception {
        s3.createBucket("clean");
        s3.put("dirty", "inbox/clip.mp4", Samples.clip());
        run.sandbox().faults().on(Call.STATUS).always().inject(Fault.status(401));
        // the first one says whose key it is
        run.sandbox().faults().on(Call.CREDIT).after(1).always().inject(Fault.status(401));
        run.start();
        soon().until(() -> !run.sandbox().ledger().isEmpty());
        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).containsExactly("inbox/clip.mp4"));

        run.sandbox().faults().clear();

        inTheEnd().untilAsserted(() -> assertThat(s3.keys("dirty")).containsExactly("done/inbox/clip.mp4"));
        assertThat(run.sandbox().ledger()).hasSize(1);
    }

    @Test
    void anUploadThatFailsIsTriedAgainWithoutPayingAgain() throws Exception {
        run.with("errors.redeliveries", 10);
        s3.put("dirty", "inbox/photo.jpg", Samples.jpeg());
        run.start();
        soon().until(() -> run.sandbox().ledger().size() == 1);

        s3.createBucket("clean");

        soon().untilAsserted(() -> assertThat(s3.keys("dirty")).containsExactly("done/inbox/photo.jpg"));
        assertThat(s3.keys("clean")).containsExactly("inbox/photo.jpg");
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);
    }
}
