package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.DewatermarkConstants.CREDITS_CHARGED;
import static io.github.cameldewatermark.DewatermarkConstants.FROM_JOURNAL;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_REGION;
import static io.github.cameldewatermark.DewatermarkConstants.ORIGINAL_FORMAT;
import static io.github.cameldewatermark.DewatermarkConstants.ORIGINAL_PAGES;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_STATUS;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.DewatermarkFormatException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPdfs;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class PdfTest {

    private static final byte[] PDF = TestPdfs.pages(12);

    @AutoClose
    private final Sandbox sandbox =
            Sandbox.builder().taskDuration(Duration.ofMillis(100)).start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void aPdfComesBackWithoutItsWatermark() throws Exception {
        context.start("dewatermark:pdf");

        Exchange exchange = context.send(PDF);

        assertThat(text(body(exchange)))
                .contains(TestPdfs.text(1), TestPdfs.text(12))
                .doesNotContain(TestPdfs.OVERLAY);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(ORIGINAL_FORMAT, "PDF")
                .containsEntry(ORIGINAL_PAGES, 12)
                .containsEntry(TASK_STATUS, "COMPLETED")
                .containsEntry(CREDITS_CHARGED, BigDecimal.valueOf(2))
                .containsKey(TASK_ID)
                .doesNotContainKey(FROM_JOURNAL);
        assertThat(sandbox.balance()).isEqualByComparingTo("998");
        assertThat(context.component().getCreditsCharged()).isEqualByComparingTo("2");
    }

    @Test
    void whatItCostsIsAnOption() throws Exception {
        context.component().setCreditsPerTenPages(1.5);
        context.start("dewatermark:pdf");

        assertThat(context.send(PDF).getMessage().getHeader(CREDITS_CHARGED)).isEqualTo(BigDecimal.valueOf(3));
    }

    @Test
    void withoutWaitingItGoesOnWithTheIdOfItsTask() throws Exception {
        context.start("dewatermark:pdf?waitForCompletion=false");

        Exchange exchange = context.send(PDF);
        assertThat(exchange.getMessage().getBody()).isSameAs(PDF);
        assertThat(exchange.getMessage().getHeader(TASK_STATUS)).isEqualTo("PROCESSING");
        Object taskId = exchange.getMessage().getHeader(TASK_ID);

        Exchange fetched = context.sendTo("dewatermark:pdf", "no PDF", Map.of(TASK_ID, taskId));
        assertThat(text(body(fetched))).contains(TestPdfs.text(12));
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void whatIsSeenAgainIsFree(@TempDir Path folder) throws Exception {
        context.options().setJournalDirectory(folder.toString());
        context.start("dewatermark:pdf");
        byte[] clean = body(context.send(PDF, Map.of(Exchange.FILE_NAME, "a.pdf")));

        Exchange again = context.send(PDF, Map.of(Exchange.FILE_NAME, "b.pdf"));

        assertThat(body(again)).isEqualTo(clean);
        assertThat(again.getMessage().getHeaders())
                .containsEntry(CREDITS_CHARGED, BigDecimal.ZERO)
                .containsEntry(FROM_JOURNAL, true);
        assertThat(sandbox.balance()).isEqualByComparingTo("998");
        assertThat(Files.readAllLines(folder.resolve("ledger.csv"))).hasSize(2);
    }

    @Test
    void aRedeliveryHasThePriceAsWell() throws Exception {
        context.start(routes -> {
            routes.onException(IllegalStateException.class)
                    .maximumRedeliveries(1)
                    .redeliveryDelay(1);
            routes.from("direct:in").to("direct:clean");
            routes.from("direct:clean")
                    .errorHandler(routes.noErrorHandler())
                    .to("dewatermark:pdf")
                    .process(exchange -> {
                        if (exchange.getProperty("failed") == null) {
                            exchange.setProperty("failed", true);
                            throw new IllegalStateException("a later step");
                        }
                    });
        });

        Exchange exchange = context.send(PDF);

        assertThat(exchange.getMessage().getHeader(CREDITS_CHARGED)).isEqualTo(BigDecimal.valueOf(2));
        assertThat(sandbox.ledger()).hasSize(1);
    }

    @Test
    void whatCannotBeCleanedIsRefusedBeforeAnything() throws Exception {
        context.start("dewatermark:pdf");

        assertThat(failure(context.send(TestPdfs.pages(301)), DewatermarkInputException.class))
                .hasMessageContaining("has 301 pages");
        assertThat(failure(context.send(TestPdfs.encrypted()), DewatermarkInputException.class))
                .hasMessageContaining("is encrypted");
        assertThat(failure(context.send(TestPictures.jpeg()), DewatermarkFormatException.class))
                .hasMessageContaining("send it to dewatermark:erase");

        assertThat(sandbox.tasks()).isEmpty();
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void aBrushOfTheMessageIsRefusedBeforeAnythingAsTheApiTakesNone() throws Exception {
        context.start("dewatermark:pdf");

        for (String brush : List.of(MASK_REGION, MASK_BRUSH)) {
            assertThat(failure(context.send(PDF, Map.of(brush, "bottom:100%x10%")), DewatermarkInputException.class))
                    .hasMessageContaining("The header " + brush + " says what to erase");
        }

        assertThat(sandbox.tasks()).isEmpty();
    }

    @Test
    void aBrushOfTheOptionsIsWarnedOf() throws Exception {
        try (LogLines log = LogLines.infos()) {
            context.options().setMaskRegion("bottom:100%x10%");
            context.start("dewatermark:pdf");

            assertThat(text(body(context.send(PDF)))).contains(TestPdfs.text(1));
            assertThat(log.messages())
                    .filteredOn(line -> line.contains("the API takes no brush"))
                    .hasSize(1);
        }
    }

    @Test
    void thePricesAreWatched() throws Exception {
        try (LogLines log = LogLines.infos()) {
            context.component().setCreditsPerTenPages(0.5);
            context.start("dewatermark:pdf", "dewatermark:credit");
            for (int look = 0; look < 4; look++) {
                context.send(TestPdfs.pages(20 + look));
            }

            assertThat(log.messages())
                    .filteredOn(line -> line.contains("is creditsPerTenPages 1"))
                    .hasSize(1);
        }
    }

    private static String text(byte[] pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf)) {
            return new PDFTextStripper().getText(document);
        }
    }
}
