package io.github.cameldewatermark.operation.pdf;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.Outcome;
import io.github.cameldewatermark.operation.TaskFile;
import io.github.cameldewatermark.pdf.PdfInspector;
import java.io.IOException;

/** A PDF. What it costs is known from its pages. */
public final class PdfFile implements TaskFile {

    private final PdfInspector inspector;
    private final Prices prices;

    /** {@code null} if they aren't counted (yet). */
    private Integer pages;

    private PdfFile(PdfInspector inspector, Prices prices) {
        this.inspector = inspector;
        this.prices = prices;
    }

    public static Factory factory(OperationContext context) {
        PdfInspector inspector = new PdfInspector();
        return new Factory(context.client().pdf(), exchange -> new PdfFile(inspector, context.prices()));
    }

    @Override
    public void inspect(Content content) {
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
