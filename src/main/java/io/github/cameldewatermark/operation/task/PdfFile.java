package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.TaskKind;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.Outcome;
import io.github.cameldewatermark.pdf.PdfInspector;
import java.io.IOException;
import java.util.List;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A PDF. What it costs is known from its pages, and what is erased from them is left to the platform. */
public final class PdfFile implements TaskFile {

    private static final Logger LOG = LoggerFactory.getLogger(PdfFile.class);

    private final PdfInspector inspector;
    private final Prices prices;
    private final Message message;

    /** {@code null} if they aren't counted (yet). */
    private Integer pages;

    private PdfFile(PdfInspector inspector, Prices prices, Message message) {
        this.inspector = inspector;
        this.prices = prices;
        this.message = message;
    }

    public static Factory factory(OperationContext context) {
        DewatermarkConfiguration options = context.options();
        if (options.getMaskRegion() != null || options.getMaskBrush() != null) {
            // no failure, as the options may be those of the component, for pictures
            LOG.warn(
                    "The options maskRegion and maskBrush don't count for dewatermark:pdf: for PDFs, the API takes no brush");
        }
        PdfInspector inspector = new PdfInspector();
        return new Factory(
                context.client().pdf(), exchange -> new PdfFile(inspector, context.prices(), exchange.getMessage()));
    }

    @Override
    public void inspect(Content content) {
        for (String brush : List.of(DewatermarkConstants.MASK_REGION, DewatermarkConstants.MASK_BRUSH)) {
            if (message.getHeader(brush) != null) {
                throw new DewatermarkInputException(
                        TaskKind.PDF.operation(),
                        "The header " + brush + " says what to erase from " + content.name()
                                + ", but for PDFs, the API takes no"
                                + " brush: remove the header");
            }
        }
        pages = inspector.pages(content);
    }

    @Override
    public void requireResult(Content result) throws IOException {
        if (!PdfInspector.isPdf(result)) {
            throw new IOException("the result is no PDF");
        }
    }

    @Override
    public Price price(Task task) {
        return pages == null ? null : prices.ofPdf(pages);
    }

    @Override
    public Outcome describe(Outcome outcome) {
        return outcome.header(DewatermarkConstants.ORIGINAL_FORMAT, "PDF")
                .header(DewatermarkConstants.ORIGINAL_PAGES, pages);
    }
}
