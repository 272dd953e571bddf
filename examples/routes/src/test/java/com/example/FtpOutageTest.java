package com.example;

import static com.example.RouteRun.inTheEnd;
import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The FTP server goes away in the middle of a batch, and comes back. */
@Timeout(360)
class FtpOutageTest {

    private static final int PICTURES = 20;

    /** Those that are there before it goes away. */
    private static final int FIRST = 15;

    @TempDir
    private Path folder;

    @TempDir
    private Path home;

    private final Gate gate = new Gate(5);

    private LocalFtpServer server;
    private RouteRun run;
    private Batch batch;

    @BeforeEach
    void prepare() throws Exception {
        Files.createDirectories(home.resolve("in"));
        server = LocalFtpServer.start(home);
        batch = Batch.ofPictures(PICTURES);
    }

    @AfterEach
    void stop() {
        gate.open();
        run.close();
        server.close();
    }

    @Test
    void asTheSourceItLosesNothingAndNothingIsPaidTwice() throws Exception {
        batch.dropFirstInto(home.resolve("in"), FIRST);
        fromFtp().start();
        soon().until(() -> Batch.names(folder.resolve("outbox")).size() >= 3);

        server.close();
        batch.dropOthersInto(home.resolve("in"), FIRST);
        // all that was fetched before is cleaned meanwhile
        soon().until(() -> Batch.names(folder.resolve("inbox")).isEmpty());
        assertThat(Batch.names(home.resolve("in"))).hasSizeGreaterThanOrEqualTo(PICTURES - FIRST);
        server = LocalFtpServer.start(home, server.port());

        inTheEnd().untilAsserted(() -> assertThat(Batch.names(folder.resolve("inbox/.done")))
                .hasSize(PICTURES));
        inTheEnd()
                .untilAsserted(() -> assertThat(Batch.names(home.resolve("in"))).isEmpty());
        batch.assertDeliveredOrFailed(Batch.in(folder.resolve("outbox")), Batch.in(folder.resolve("failed")));
        batch.assertOriginals(Batch.in(home.resolve("in/done")));
        assertThat(folder.resolve(".fetching")).isEmptyDirectory();
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(run.sandbox().ledger()).hasSize(PICTURES);
    }

    @Test
    void aFileThatItStillShowsAfterItWasFetchedIsNotPaidAgain() throws Exception {
        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg());
        // it moves nothing, so what was fetched stays where it was
        server.hangUpOn("RNFR");
        fromFtp().start();
        soon().until(() -> Files.exists(folder.resolve("inbox/.done/photo.jpg")) && server.hasHungUp());

        run.close();
        server.hangUpOn("");
        assertThat(home.resolve("in/photo.jpg")).exists();
        // not even after a restart
        fromFtp().start();

        inTheEnd().untilAsserted(() -> assertThat(home.resolve("in/done/photo.jpg"))
                .exists());
        assertThat(home.resolve("in/photo.jpg")).doesNotExist();
        assertThat(Batch.names(folder.resolve("inbox"))).isEmpty();
        assertThat(run.sandbox().requests().all()).isEmpty();
    }

    @Test
    void aNewFileOfTheSameNameIsCleaned() throws Exception {
        fromFtp().start();
        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg(50));
        soon().until(() -> Files.exists(home.resolve("in/done/photo.jpg")));

        Samples.drop(home.resolve("in/photo.jpg"), Samples.jpeg(200));

        inTheEnd().untilAsserted(() -> assertThat(run.sandbox().ledger()).hasSize(2));
    }

    @Test
    void asTheTargetItGetsEachPictureAndNothingIsPaidTwice() throws Exception {
        toFtp().with("errors.redeliveries", 10).start();
        batch.dropInto(folder.resolve("inbox"));
        soon().until(() -> Batch.names(home.resolve("out")).size() >= 3);

        server.close();
        assertThat(run.sandbox().ledger()).hasSizeLessThan(PICTURES);
        gate.open();
        soon().until(() -> run.sandbox().ledger().size() == PICTURES);
        server = LocalFtpServer.start(home, server.port());

        inTheEnd().untilAsserted(() -> assertThat(Batch.names(folder.resolve("inbox")))
                .isEmpty());
        batch.assertDeliveredOrFailed(Batch.in(home.resolve("out")), Batch.in(folder.resolve("failed")));
        batch.assertOriginals(Batch.in(folder.resolve("inbox/.done")));
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(run.sandbox().ledger()).hasSize(PICTURES);
    }

    @Test
    void aTargetThatStaysAwayForTooLongLeavesTheCleanPicturesBesideTheirReasons() throws Exception {
        toFtp().with("errors.redeliveries", 1).start();
        batch.dropInto(folder.resolve("inbox"));
        soon().until(() -> Batch.names(home.resolve("out")).size() >= 3);

        server.close();
        gate.open();

        inTheEnd().untilAsserted(() -> assertThat(Batch.names(folder.resolve("inbox")))
                .isEmpty());
        batch.assertDeliveredOrFailed(whole(home.resolve("out")), Batch.in(folder.resolve("failed")));
        var kept = Batch.in(folder.resolve("failed/clean"));
        assertThat(kept.keySet()).isNotEmpty();
        batch.assertClean(kept);
        // what is paid for is delivered, or kept
        assertThat(kept.size() + Batch.names(folder.resolve("inbox/.done")).size())
                .isEqualTo(PICTURES);
        assertThat(run.sandbox().ledger()).hasSize(PICTURES);
    }

    /** Without what the server was in the middle of when it went away: not under its name, and nobody is there to tidy up. */
    private static Map<String, byte[]> whole(Path out) throws Exception {
        var files = Batch.in(out);
        files.keySet().removeIf(name -> name.startsWith(".writing-"));
        return files;
    }

    private RouteRun fromFtp() throws Exception {
        run = new RouteRun("ftp-fetch", "ftp-to-folder")
                .with("ftp.server", server.address())
                .with("ftp.username", LocalFtpServer.USER)
                .with("ftp.password", LocalFtpServer.PASSWORD)
                .with("ftp.folder", folder)
                .with("ftp.quiet", 100)
                .with("ftp.poll", 200);
        return run;
    }

    /** Two pictures at a time, and only a few of them before the gate is open. */
    private RouteRun toFtp() throws Exception {
        run = new RouteRun(sandbox -> sandbox.pictureEngine(gate::clean), "folder-to-ftp")
                .with("toftp.server", server.address())
                .with("toftp.username", LocalFtpServer.USER)
                .with("toftp.password", LocalFtpServer.PASSWORD)
                .with("toftp.folder", folder)
                .with("camel.component.dewatermark.maxConcurrentRequests", 2);
        return run;
    }
}
