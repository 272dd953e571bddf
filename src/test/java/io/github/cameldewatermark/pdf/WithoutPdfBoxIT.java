package io.github.cameldewatermark.pdf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPdfs;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Of PDFBox, nothing is needed by those who can do without the price. */
class WithoutPdfBoxIT {

    @Test
    void aPdfIsCleanedForAPriceThatIsNotKnown(@TempDir Path folder) throws Exception {
        Path pdf = Files.write(folder.resolve("a.pdf"), TestPdfs.pages(12));
        try (Sandbox sandbox =
                        Sandbox.builder().taskDuration(Duration.ofMillis(100)).start();
                JavaProcess process = JavaProcess.startWithout(
                        "pdfbox", Cleaner.class, sandbox.baseUrl(), sandbox.apiKey(), pdf.toString())) {
            assertThat(process.awaitLine("CLEAN ", 60)).isEqualTo("%PDF for null credits, warned");
            assertThat(process.awaitEnd(60)).isZero();

            assertThat(sandbox.balance()).isEqualByComparingTo("998");
        }
        assertThat(folder.resolve("journal/ledger.csv")).content().contains(",pdf,", ",unknown,YES,");
    }

    /** A program. */
    static final class Cleaner {

        private Cleaner() {}

        public static void main(String[] args) throws Exception {
            File pdf = new File(args[2]);
            try (LogLines log = LogLines.infosOf(PdfInspector.class);
                    TestContext context = TestContext.at(args[0], args[1])) {
                context.options().setJournalDirectory(new File(pdf.getParentFile(), "journal").toString());
                Exchange exchange = context.start("dewatermark:pdf").send(pdf);
                System.out.println("CLEAN " + new String(TestContext.body(exchange), 0, 4) + " for "
                        + exchange.getMessage().getHeader(DewatermarkConstants.CREDITS_CHARGED) + " credits, "
                        + (log.messages().toString().contains("add the dependency org.apache.pdfbox:pdfbox")
                                ? "warned"
                                : log.messages()));
            }
        }
    }
}
