package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** The same route in three languages. There are more tests of the one in YAML where the component is. */
@Timeout(240)
@ParameterizedClass
@ValueSource(strings = {"watched-folder.camel.yaml", "watched-folder.camel.xml", "WatchedFolder.java"})
class WatchedFolderTest {

    @Parameter
    private String file;

    @TempDir
    private Path folder;

    private RouteRun run;

    @BeforeEach
    void start() throws Exception {
        run = new RouteRun(file).with("folder", folder).start();
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void picturesAndClipsArriveInTheOutboxAndTheOriginalsAreKept() throws Exception {
        Samples.drop(folder.resolve("inbox/a.jpg"), Samples.jpeg());
        Samples.drop(folder.resolve("inbox/B.JPEG"), Samples.jpeg());
        Samples.drop(folder.resolve("inbox/clip.mp4"), Samples.clip());
        Samples.drop(folder.resolve("inbox/notes.txt"), Samples.text());

        soon().untilAsserted(() -> {
            assertThat(folder.resolve("inbox/.done/a.jpg")).hasBinaryContent(Samples.jpeg());
            assertThat(folder.resolve("inbox/.done/B.JPEG")).exists();
            assertThat(folder.resolve("inbox/.done/clip.mp4")).exists();
        });

        assertThat(folder.resolve("outbox/a.jpg")).isNotEmptyFile();
        assertThat(folder.resolve("outbox/clip.mp4")).hasBinaryContent(Samples.clip());
        assertThat(folder.resolve("inbox/notes.txt")).exists();
        assertThat(folder.resolve("failed")).doesNotExist();
    }

    @Test
    void whatIsNoPictureGoesToFailedWithTheReason() throws Exception {
        Samples.drop(folder.resolve("inbox/notes.jpg"), Samples.text());

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("failed/notes.jpg")).hasBinaryContent(Samples.text()));

        assertThat(folder.resolve("failed/notes.jpg.txt"))
                .content()
                .matches("[0-9: -]{19} notes\\.jpg: notes\\.jpg is a text.* \\(billed: NO\\)\n");
    }

    @Test
    void everyKindOfFileIsDoneOrFailsWithAReason() throws Exception {
        Samples.drop(folder.resolve("inbox/a"), Samples.jpeg());
        Samples.drop(folder.resolve("inbox/b.jfif"), Samples.jpeg());
        Samples.drop(folder.resolve("inbox/c"), Samples.clip());
        Samples.drop(folder.resolve("inbox/d.3gp"), Samples.clip());
        Samples.drop(folder.resolve("inbox/e.heic"), "\0\0\0\30ftypheic\0\0\0\0mif1heic".getBytes());
        Samples.drop(folder.resolve("inbox/f\ng.jpg"), Samples.jpeg());
        Samples.drop(folder.resolve("inbox/h\\i.jpg"), Samples.jpeg());

        soon().untilAsserted(() -> {
            assertThat(folder.resolve("outbox/a")).isNotEmptyFile();
            assertThat(folder.resolve("outbox/b.jfif")).isNotEmptyFile();
            assertThat(folder.resolve("outbox/c")).hasBinaryContent(Samples.clip());
            assertThat(folder.resolve("outbox/d.3gp")).hasBinaryContent(Samples.clip());
            assertThat(folder.resolve("failed/e.heic")).exists();
        });
        assertThat(folder.resolve("failed/e.heic.txt")).content().contains("HEIC", "(billed: NO)");
        soon().untilAsserted(() ->
                assertThat(folder.resolve("failed").toFile().list()).hasSize(6));
        soon().untilAsserted(() ->
                assertThat(folder.resolve("inbox").toFile().list()).containsExactly(".done"));
    }

    @Test
    void unclearMoneyIsNotSpentAgain() throws Exception {
        run.sandbox().faults().on(Call.ERASE).inject(Fault.resetAfter());
        Samples.drop(folder.resolve("inbox/a.jpg"), Samples.jpeg());

        soon().untilAsserted(() -> assertThat(folder.resolve("failed/a.jpg")).exists());

        assertThat(folder.resolve("failed/a.jpg.txt")).content().contains("may have been processed and charged");
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);

        Samples.drop(folder.resolve("inbox/again.jpg"), Samples.jpeg());
        soon().untilAsserted(
                        () -> assertThat(folder.resolve("failed/again.jpg")).exists());
        assertThat(folder.resolve("failed/again.jpg.txt")).content().contains("Nothing was sent now");
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(1);

        Samples.drop(folder.resolve("pay-again/a.jpg"), Samples.jpeg());
        soon().untilAsserted(() -> assertThat(folder.resolve("outbox/a.jpg")).isNotEmptyFile());
        soon().untilAsserted(() ->
                assertThat(folder.resolve("pay-again/.done/a.jpg")).exists());
        assertThat(run.sandbox().requests().count(Call.ERASE)).isEqualTo(2);
    }

    /** It goes through the inbox, which doesn't ask to pay again. */
    @Test
    void whatAKillLeavesInPayAgainIsNotPaidForOnceMoreByItself() throws Exception {
        run.close();
        Samples.drop(folder.resolve("pay-again/paying/a.jpg"), Samples.jpeg());

        run = new RouteRun(file).with("folder", folder).start();

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/a.jpg")).exists());
        assertThat(folder.resolve("outbox/a.jpg")).isNotEmptyFile();
        assertThat(folder.resolve("pay-again/paying/a.jpg")).doesNotExist();
    }

    @Test
    void whatCantBePutBackFromPayAgainStaysThere() throws Exception {
        run.close();
        Samples.drop(folder.resolve("pay-again/paying/a.jpg"), Samples.jpeg());
        Samples.drop(folder.resolve("inbox/.writing-a.jpg/in-the-way"), Samples.text());

        run = new RouteRun(file).with("folder", folder).start();
        Samples.drop(folder.resolve("inbox/b.jpg"), Samples.jpeg());

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/b.jpg")).exists());
        assertThat(folder.resolve("pay-again/paying/a.jpg")).hasBinaryContent(Samples.jpeg());
        assertThat(folder.resolve("failed")).doesNotExist();
    }

    @Test
    void whatIsDroppedAgainIsNotPaidAgain() throws Exception {
        Samples.drop(folder.resolve("inbox/a.jpg"), Samples.jpeg());
        soon().untilAsserted(() -> assertThat(folder.resolve("outbox/a.jpg")).isNotEmptyFile());

        Samples.drop(folder.resolve("inbox/b.jpg"), Samples.jpeg());
        soon().untilAsserted(() -> assertThat(folder.resolve("outbox/b.jpg")).isNotEmptyFile());

        assertThat(run.sandbox().ledger()).hasSize(1);
        assertThat(folder.resolve(".journal/ledger.csv")).content().contains(",erase,a.jpg,1,YES,");
    }

    @Test
    void aDownloadThatBreaksOffIsResumedByARedeliveryAndNotPaidAgain() throws Exception {
        // the component itself repeats a download twice
        run.sandbox().faults().on(Call.DOWNLOAD).times(3).inject(Fault.cut());
        Samples.drop(folder.resolve("inbox/clip.mp4"), Samples.clip());

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/clip.mp4")).exists());

        assertThat(folder.resolve("outbox/clip.mp4")).hasBinaryContent(Samples.clip());
        assertThat(run.sandbox().requests().count(Call.SUBMIT)).isEqualTo(1);
    }

    @Test
    void aClipThatThePlatformGivesUpOnIsTriedOnceMoreAndThenGoesToFailed() throws Exception {
        run.sandbox().faults().on(Call.SUBMIT).always().inject(Fault.failingTask());
        Samples.drop(folder.resolve("inbox/clip.mp4"), Samples.clip());

        soon().untilAsserted(() -> assertThat(folder.resolve("failed/clip.mp4")).exists());

        assertThat(folder.resolve("failed/clip.mp4.txt")).content().contains("failed; its credits are refunded");
        assertThat(run.sandbox().tasks()).hasSize(2);
    }
}
