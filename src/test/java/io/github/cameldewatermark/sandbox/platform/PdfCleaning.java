package io.github.cameldewatermark.sandbox.platform;

import io.github.cameldewatermark.sandbox.pdf.PdfEngine;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** PDFs. */
record PdfCleaning(PdfEngine engine, Prices prices, Refusal.Reason tooLittleCredit) implements Cleaning {

    private static final Logger LOG = LoggerFactory.getLogger(PdfCleaning.class);
    private static final int MOST_PAGES = 300;

    @Override
    public TaskKind kind() {
        return TaskKind.PDF;
    }

    /** That what can't be opened is a bad request, too, is our reading. */
    @Override
    public OptionalDouble length(Path upload) {
        int pages;
        try {
            pages = engine.pages(upload);
        } catch (IOException e) {
            throw Refusal.badRequest("The PDF can't be opened: " + e.getMessage());
        }
        if (pages > MOST_PAGES) {
            throw Refusal.badRequest("The PDF has " + pages + " pages, and " + MOST_PAGES + " are allowed");
        }
        return OptionalDouble.of(pages);
    }

    @Override
    public BigDecimal price(double length) {
        return prices.ofPdf((int) length);
    }

    /** There are none for PDFs. */
    @Override
    public void checkBrush(Path brush, Path upload) {
        throw Refusal.badRequest("A PDF has no brush");
    }

    @Override
    public Cleaned clean(Path upload, Path brush, Path result) throws IOException {
        boolean found = engine.clean(upload, result);
        if (!found) {
            LOG.info(
                    "The PDF {} has no overlay that is the same on every page, and stays as it is",
                    upload.getFileName());
        }
        return new Cleaned(null, found);
    }
}
