package com.example;

import static com.example.RouteRun.inTheEnd;
import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The SFTP server and then S3 go away in the middle of a batch, and come back. */
@Timeout(360)
class SftpToS3OutageTest {

    private static final int PICTURES = 20;

    /** Those that are there before the first outage. */
    private static final int FIRST = 15;

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    private LocalSftpServer server;
    private LocalS3 s3;
    private Gate gate;
    private RouteRun run;
    private Batch batch;

    @BeforeEach
    void prepare() throws Exception {
        server = new LocalSftpServer(home);
        s3 = new LocalS3("clean");
        batch = Batch.ofPictures(PICTURES);
    }

    private RouteRun route(Gate gate) throws Exception {
        this.gate = gate;
        run = s3.use(new RouteRun(sandbox -> sandbox.pictureEngine(gate::clean), "sftp-to-s3"))
                .with("sftp.server", server.address())
                .with("sftp.username", LocalSftpServer.USER)
                .with("sftp.password", LocalSftpServer.PASSWORD)
                .with("sftp.knownHosts", server.knownHosts(folder.resolve("known_hosts")))
                .with("sftp.folder", folder)
                .with("sftp.quiet", 100)
                .with("sftp.poll", 200)
                .with("sftp.bucket", "clean");
        return run;
    }

    @AfterEach
    void stop() throws Exception {
        gate.open();
        run.close();
        s3.close();
        server.close();
    }

    @Test
    void eachPictureIsDeliveredAndPaidOnce() throws Exception {
        batch.dropFirstInto(home.resolve("in"), FIRST);
        route(new Gate(FIRST)).with("errors.redeliveries", 10).start();
        soon().until(() -> s3.keys("clean").size() >= 3);

        server.stop();
        batch.dropOthersInto(home.resolve("in"), FIRST);
        soon().until(() -> Batch.names(folder.resolve("inbox")).isEmpty());
        server.restart();
        soon().until(() -> s3.keys("clean").size() >= 8);
        s3.stop();
        assertThat(run.sandbox().ledger()).hasSizeLessThan(PICTURES);
        gate.open();
        awayForAWhile();
        s3.restart();

        inTheEnd().untilAsserted(() -> assertThat(Batch.names(folder.resolve("inbox/.done")))
                .hasSize(PICTURES));
        batch.assertDeliveredOrFailed(inTheBucket(), Map.of());
        inTheEnd().untilAsserted(() -> batch.assertOriginals(Batch.in(home.resolve("in/done"))));
        assertThat(Batch.names(home.resolve("in"))).isEmpty();
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(run.sandbox().ledger()).hasSize(PICTURES);
    }

    @Test
    void whatCouldNotBeStoredForTooLongIsKeptCleanBesideItsReason() throws Exception {
        // all but three are still being cleaned when it stops: what is stored without a confirmation would be kept as
        // well
        batch.dropInto(home.resolve("in"));
        route(new Gate(3)).with("errors.redeliveries", 1).start();
        soon().until(() -> s3.keys("clean").size() >= 3);

        s3.stop();
        gate.open();
        soon().until(() -> Files.isDirectory(folder.resolve("failed/clean")));
        s3.restart();

        inTheEnd()
                .untilAsserted(() -> assertThat(Batch.names(home.resolve("in"))).isEmpty());
        inTheEnd().untilAsserted(() -> assertThat(Batch.names(folder.resolve("inbox")))
                .isEmpty());
        var delivered = inTheBucket();
        batch.assertDeliveredOrFailed(delivered, Batch.in(folder.resolve("failed")));
        var kept = Batch.in(folder.resolve("failed/clean"));
        batch.assertClean(kept);
        assertThat(delivered.size() + kept.size()).isEqualTo(PICTURES);
        assertThat(run.sandbox().ledger()).hasSize(PICTURES);
    }

    /** For longer than the client of S3 tries by itself. */
    private static void awayForAWhile() {
        await().pollDelay(Duration.ofSeconds(3)).until(() -> true);
    }

    private Map<String, byte[]> inTheBucket() {
        Map<String, byte[]> objects = new TreeMap<>();
        s3.keys("clean").forEach(key -> objects.put(key, s3.get("clean", key)));
        return objects;
    }
}
