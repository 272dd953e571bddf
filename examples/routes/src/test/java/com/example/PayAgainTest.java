package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The folder pay-again of the routes that take files from an inbox: the way to pay for something again on purpose. */
@Timeout(240)
class PayAgainTest {

    @TempDir
    private Path folder;

    private Destinations destinations;
    private RouteRun run;

    @BeforeEach
    void startServers() throws Exception {
        destinations = new Destinations(folder.resolve("server"));
    }

    @AfterEach
    void stop() throws Exception {
        run.close();
        destinations.close();
    }

    @ParameterizedTest
    @CsvSource({
        "ftp-to-folder, ftp.folder",
        "ftp-to-s3, ftp.folder",
        "sftp-to-s3, sftp.folder",
        "folder-to-ftp, toftp.folder",
        "refine, refine.folder",
        "shared-folder, folder"
    })
    void whatMayHaveBeenChargedIsPaidForAgainOnPurposeOnly(String route, String property) throws Exception {
        run = start(route, property);
        run.sandbox().faults().on(Call.ERASE).inject(Fault.resetAfter());
        Samples.drop(folder.resolve("inbox/a.jpg"), Samples.jpeg());
        soon().untilAsserted(() -> assertThat(folder.resolve("failed/a.jpg")).exists());
        assertThat(folder.resolve("failed/a.jpg.txt")).content().contains("may have been processed and charged");

        Files.move(folder.resolve("failed/a.jpg"), folder.resolve("inbox/again.jpg"));
        soon().untilAsserted(
                        () -> assertThat(folder.resolve("failed/again.jpg")).exists());
        assertThat(folder.resolve("failed/again.jpg.txt")).content().contains("Nothing was sent now");
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);

        Files.move(folder.resolve("failed/again.jpg"), folder.resolve("pay-again/b.jpg"));
        soon().untilAsserted(() ->
                assertThat(folder.resolve("pay-again/.done/b.jpg")).exists());
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(2);

        Samples.drop(folder.resolve("inbox/c.jpg"), Samples.jpeg());
        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/c.jpg")).exists());
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(2);
        assertThat(folder.resolve(".journal/ledger.csv")).content().contains(",UNKNOWN,", ",YES,");
    }

    @Test
    void nodesThatShareAFolderMayRememberInADatabase() throws Exception {
        String database = "jdbc:h2:mem:paid;DB_CLOSE_DELAY=-1";
        run = destinations
                .run("shared-folder", "folder", folder)
                .with("shared.journal", "journal=#journal")
                .with("camel.beans.database", "#class:org.h2.jdbcx.JdbcDataSource")
                .with("camel.beans.database.url", database)
                .with(
                        "camel.beans.journal",
                        "#class:io.github.cameldewatermark.journal.jdbc.JdbcJournal(#bean:database)")
                .start();
        Samples.drop(folder.resolve("inbox/a.jpg"), Samples.jpeg());
        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/a.jpg")).exists());

        try (Connection connection = DriverManager.getConnection(database);
                ResultSet charges = connection.createStatement().executeQuery("SELECT * FROM DEWATERMARK_LEDGER")) {
            assertThat(charges.next()).isTrue();
            assertThat(charges.getString("BILLED")).isEqualTo("YES");
            assertThat(charges.next()).isFalse();
        }
        assertThat(folder.resolve(".journal")).doesNotExist();
    }

    /** A file that stays among the claimed ones, for whatever reason, isn't overwritten. */
    @Test
    void aClaimedFileIsNotOverwrittenByAnotherOneOfItsName() throws Exception {
        run = start("shared-folder", "folder");
        soon().until(() -> run.context()
                .getRouteController()
                .getRouteStatus("shared-folder")
                .isStarted());
        Samples.drop(folder.resolve("inbox/.claimed/one/a.jpg"), Samples.jpeg(90));

        Samples.drop(folder.resolve("inbox/a.jpg"), Samples.jpeg());
        soon().untilAsserted(() -> assertThat(folder.resolve("inbox/.done")).isNotEmptyDirectory());

        assertThat(folder.resolve("inbox/.claimed/one/a.jpg")).hasBinaryContent(Samples.jpeg(90));
    }

    @Test
    void aClipWhoseTaskIsUnknownIsPaidForAgainOnPurposeOnly() throws Exception {
        run = start("video-folder", "video.folder");
        Samples.drop(folder.resolve("inbox/a.mp4"), Samples.clip());
        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/a.mp4")).exists());
        run.sandbox().faults().on(Call.STATUS).inject(Fault.status(404));

        Samples.drop(folder.resolve("inbox/b.mp4"), Samples.clip());
        soon().untilAsserted(() -> assertThat(folder.resolve("failed/b.mp4")).exists());
        assertThat(run.sandbox().ledger()).hasSize(1);

        Files.move(folder.resolve("failed/b.mp4"), folder.resolve("pay-again/b.mp4"));
        soon().untilAsserted(() ->
                assertThat(folder.resolve("pay-again/.done/b.mp4")).exists());
        assertThat(folder.resolve("outbox/b.mp4")).isNotEmptyFile();
        assertThat(run.sandbox().ledger()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "ftp-to-folder, ftp.folder, pay-again/paying",
        "shared-folder, folder, inbox/.claimed/one/pay-again",
        "shared-folder, folder, inbox/.claimed/one"
    })
    void whatAKillLeavesGoesThroughTheInbox(String route, String property, String place) throws Exception {
        Samples.drop(folder.resolve(place).resolve("a.jpg"), Samples.jpeg());

        run = start(route, property);

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/a.jpg")).exists());
        try (Stream<Path> left = Files.list(folder.resolve(place))) {
            assertThat(left.filter(Files::isRegularFile)).isEmpty();
        }
    }

    private RouteRun start(String route, String property) throws Exception {
        return destinations.run(route, property, folder).start();
    }
}
