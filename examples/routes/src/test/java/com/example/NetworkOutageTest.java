package com.example;

import static com.example.RouteRun.inTheEnd;
import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry.Kind;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The network to the platform is cut in the middle of a batch, and mended. */
@Timeout(360)
class NetworkOutageTest {

    @TempDir
    private Path folder;

    private final Gate gate = new Gate(3);

    private RouteRun run;
    private Relay network;

    @AfterEach
    void stop() throws Exception {
        gate.open();
        run.close();
        network.close();
    }

    @Test
    void picturesThatWereUnderWayFailWithTheReasonAndTheOthersAreDelivered() throws Exception {
        Batch batch = Batch.ofPictures(20).dropInto(folder.resolve("inbox"));
        throughRelay(
                new RouteRun(sandbox -> sandbox.pictureEngine(gate::clean), "watched-folder").with("folder", folder),
                4);
        run.start();
        soon().until(() -> Batch.names(folder.resolve("outbox")).size() >= 3
                && run.sandbox().requests().arrived(Call.ERASE) > 3);

        network.cut();
        stayAway();
        network.mend();
        gate.open();

        inTheEnd().untilAsserted(() -> assertThat(Batch.names(folder.resolve("inbox")))
                .isEmpty());
        var delivered = Batch.in(folder.resolve("outbox"));
        var failed = Batch.in(folder.resolve("failed"));
        batch.assertDeliveredOrFailed(delivered, failed);
        assertThat(failed.keySet()).isNotEmpty();
        failed.keySet().removeIf(name -> !name.endsWith(".txt"));
        assertThat(failed)
                .allSatisfy((name, reason) ->
                        assertThat(reason).asString().contains("may have been processed and charged"));
        assertThat(run.sandbox().ledger()).hasSizeBetween(delivered.size(), batch.size());
        assertThat(folder.resolve("failed/clean")).doesNotExist();
    }

    @Test
    void clipsAreResumedAndEachIsPaidOnce() throws Exception {
        Batch batch = Batch.ofClips(8).dropInto(folder.resolve("inbox"));
        throughRelay(new RouteRun("video-folder").with("video.folder", folder), 3);
        for (Call call : new Call[] {Call.UPLOAD, Call.SUBMIT, Call.STATUS, Call.DOWNLOAD}) {
            run.sandbox().faults().on(call).always().inject(Fault.delay(Duration.ofMillis(100)));
        }
        run.with("errors.redeliveries", 8).start();

        for (int delivered = 1; delivered <= 5; delivered += 2) {
            int enough = delivered;
            soon().until(() -> Batch.names(folder.resolve("outbox")).size() >= enough);
            network.cut();
            stayAway();
            network.mend();
        }

        inTheEnd().untilAsserted(() -> assertThat(Batch.names(folder.resolve("inbox")))
                .isEmpty());
        batch.assertDeliveredOrFailed(Batch.in(folder.resolve("outbox")), Batch.in(folder.resolve("failed")));
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(run.sandbox().ledger()).hasSize(batch.size()).allMatch(entry -> entry.kind() == Kind.CHARGE);
    }

    /** The relay is the proxy, so that uploads and downloads take it, too: their URLs come from the platform. */
    private void throughRelay(RouteRun route, int atOnce) throws Exception {
        run = route.with("camel.component.dewatermark.maxConcurrentRequests", atOnce);
        network = new Relay(run.sandbox().baseUrl());
        run.with("camel.component.dewatermark.proxyHost", "127.0.0.1")
                .with("camel.component.dewatermark.proxyPort", network.port());
    }

    /** For long enough that what is tried again meanwhile fails again. */
    private static void stayAway() {
        await().pollDelay(Duration.ofMillis(800)).until(() -> true);
    }
}
