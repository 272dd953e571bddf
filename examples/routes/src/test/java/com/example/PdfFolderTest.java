package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(240)
class PdfFolderTest {

    @TempDir
    private Path folder;

    private RouteRun run;

    @BeforeEach
    void prepare() throws Exception {
        run = new RouteRun("pdf-folder")
                .with("pdf.folder", folder)
                .with("pdf.taskTimeout", "3s")
                .start();
    }

    @AfterEach
    void stop() {
        run.close();
    }

    @Test
    void aPdfArrivesCleanInTheOutboxAndTheOriginalIsKept() throws Exception {
        byte[] pdf = Samples.pdf(12);
        Samples.drop(folder.resolve("inbox/report.pdf"), pdf);

        soon().untilAsserted(() ->
                assertThat(folder.resolve("inbox/.done/report.pdf")).hasBinaryContent(pdf));

        assertThat(text(folder.resolve("outbox/report.pdf")))
                .contains("Page 1", "Page 12")
                .doesNotContain(Samples.WATERMARK);
        assertThat(folder.resolve("failed")).doesNotExist();
        assertThat(run.sandbox().balance()).isEqualByComparingTo("98");
    }

    @Test
    void whatIsTooLongIsRefusedForNothing() throws Exception {
        Samples.drop(folder.resolve("inbox/long.pdf"), Samples.pdf(301));

        soon().untilAsserted(() -> assertThat(folder.resolve("failed/long.pdf.txt"))
                .content()
                .contains("long.pdf has 301 pages, and the platform takes 300: split it")
                .contains("NO"));

        soon().untilAsserted(() -> assertThat(folder.resolve("failed/long.pdf")).exists());
        assertThat(run.sandbox().balance()).isEqualByComparingTo("100");
        assertThat(run.sandbox().tasks()).isEmpty();
    }

    @Test
    void whatMayBeChargedIsPaidForAgainOnlyByAPerson() throws Exception {
        run.sandbox().faults().on(Call.SUBMIT).inject(Fault.resetBefore());
        Samples.drop(folder.resolve("inbox/a.pdf"), Samples.pdf(1));
        soon().untilAsserted(() -> assertThat(folder.resolve("failed/a.pdf.txt"))
                .content()
                .contains("it isn't known whether its submit has arrived", "UNKNOWN"));
        assertThat(run.sandbox().requests().count(Call.SUBMIT)).isOne();

        // it is moved when its reason is there
        soon().until(() -> Files.exists(folder.resolve("failed/a.pdf")));
        Files.createDirectories(folder.resolve("pay-again"));
        Files.move(folder.resolve("failed/a.pdf"), folder.resolve("pay-again/a.pdf"));

        soon().untilAsserted(() -> assertThat(folder.resolve("outbox/a.pdf")).exists());
        assertThat(run.sandbox().requests().count(Call.SUBMIT)).isEqualTo(2);
        assertThat(run.sandbox().balance()).isEqualByComparingTo("99");
    }

    @Test
    void aFileThatIsNoPdfByItsNameIsLeftAlone() throws Exception {
        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());
        Samples.drop(folder.resolve("inbox/a.pdf"), Samples.pdf(1));

        soon().untilAsserted(
                        () -> assertThat(folder.resolve("inbox/.done/a.pdf")).exists());

        assertThat(folder.resolve("inbox/photo.jpg")).exists();
    }

    private static String text(Path pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            return new PDFTextStripper().getText(document);
        }
    }
}
