package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.camel.SuspendableService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(90)
class CreditWatchTest {

    @TempDir
    private Path folder;

    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        // one credit is spent by the first picture: then 99 are left
        run = new RouteRun("credit-watch", "watched-folder", "video-folder")
                .with("folder", folder)
                .with("video.folder", folder.resolve("videos"))
                .with("credit.routes", "watched-folder, video-folder")
                .with("credit.minimum", 100)
                .with("credit.period", 200);
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void withEnoughCreditsTheRoutesGoOn() throws Exception {
        run.start();
        soon().until(() -> run.sandbox().requests().count(Call.CREDIT) > 2);

        assertThat(suspended("watched-folder")).isFalse();
    }

    @Test
    void belowTheMinimumThePaidRoutesTakeNothingNew() throws Exception {
        run.start();
        Samples.drop(folder.resolve("inbox/first.jpg"), Samples.jpeg());
        soon().until(() -> suspended("watched-folder") && suspended("video-folder"));

        Samples.drop(folder.resolve("inbox/second.jpg"), Samples.jpeg());
        long looks = run.sandbox().requests().count(Call.CREDIT);
        soon().until(() -> run.sandbox().requests().count(Call.CREDIT) > looks + 10);

        assertThat(folder.resolve("inbox/second.jpg")).exists();
        assertThat(folder.resolve("outbox/first.jpg")).exists();
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);
    }

    @Test
    void aClipThatIsUnderWayIsFinishedThoughItsRouteIsSuspended() throws Exception {
        run.with("credit.minimum", 99).with("camel.main.shutdownTimeout", 1);
        run.sandbox().faults().on(Call.DOWNLOAD).inject(Fault.delay(Duration.ofSeconds(4)));
        run.start();
        Samples.drop(folder.resolve("videos/inbox/clip.mp4"), Samples.clip());
        soon().until(() -> run.sandbox().requests().count(Call.DOWNLOAD) == 1);

        soon().untilAsserted(() ->
                assertThat(folder.resolve("videos/inbox/.done/clip.mp4")).exists());

        assertThat(folder.resolve("videos/failed")).doesNotExist();
        assertThat(run.sandbox().requests().count(Call.DOWNLOAD)).isEqualTo(1);
        soon().until(() -> suspended("video-folder"));
    }

    @Test
    void whenTheAccountIsToppedUpTheyGoOn() throws Exception {
        run.with("credit.minimum", 50);
        run.start();
        soon().until(() -> run.sandbox().requests().count(Call.CREDIT) > 0);
        run.sandbox().faults().on(Call.CREDIT).times(3).inject(credits(3));
        soon().until(() -> suspended("watched-folder"));

        soon().until(() -> !suspended("watched-folder") && !suspended("video-folder"));

        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());
        soon().untilAsserted(
                        () -> assertThat(folder.resolve("outbox/photo.jpg")).exists());
    }

    @Test
    void betweenTwoLooksNothingIsSpentBelowTheMinimumAndWhatIsRefusedStaysUntilThereAreCreditsAgain() throws Exception {
        try (RouteRun exact = new RouteRun("credit-watch", "ftp-to-folder")
                .with("ftp.folder", folder)
                .with("credit.routes", "ftp-to-folder")
                .with("credit.minimum", 99)
                .with("credit.period", 5000)
                .with("camel.component.dewatermark.minimumCredit", "{{credit.minimum}}")) {
            exact.start();
            soon().until(() -> exact.sandbox().requests().count(Call.CREDIT) == 1); // 100 credits
            for (int i = 1; i <= 5; i++) {
                Samples.drop(folder.resolve("inbox/" + i + ".jpg"), Samples.numbered(i));
            }
            soon().until(() -> suspended(exact, "ftp-to-folder")
                    && exact.context().getInflightRepository().size() == 0);

            assertThat(exact.sandbox().requests().count(Call.ERASE)).isEqualTo(2);
            assertThat(exact.sandbox().requests().count(Call.CREDIT)).isEqualTo(1);
            assertThat(folder.resolve("failed")).doesNotExist();
            assertThat(pictures("inbox")).isEqualTo(3);

            exact.sandbox().faults().on(Call.CREDIT).always().inject(credits(1000));
            soon().until(() -> pictures("outbox") == 5);
            soon().until(() -> pictures("inbox") == 0);
            assertThat(exact.sandbox().requests().count(Call.ERASE)).isEqualTo(5);
            assertThat(folder.resolve("failed")).doesNotExist();
        }
    }

    @Test
    void anUnknownBalanceChangesNothing() throws Exception {
        run.sandbox().faults().on(Call.CREDIT).times(3).inject(Fault.status(500));
        run.start();

        soon().until(() -> run.sandbox().requests().count(Call.CREDIT) > 4);

        assertThat(suspended("watched-folder")).isFalse();
    }

    private boolean suspended(String route) {
        return suspended(run, route);
    }

    private static boolean suspended(RouteRun run, String route) {
        return ((SuspendableService) run.context().getRoute(route).getConsumer()).isSuspended();
    }

    private long pictures(String name) throws IOException {
        Path pictures = folder.resolve(name);
        if (!Files.isDirectory(pictures)) {
            return 0;
        }
        try (Stream<Path> files = Files.list(pictures)) {
            return files.filter(file -> file.toString().endsWith(".jpg")).count();
        }
    }

    private static Fault credits(int available) {
        return Fault.status(200)
                .body(
                        "application/json",
                        "{\"status\": \"OK\", \"data\": {\"available_credit\": " + available
                                + ", \"user_id\": \"me\"}}");
    }
}
