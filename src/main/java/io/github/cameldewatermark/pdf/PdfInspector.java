package io.github.cameldewatermark.pdf;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkFormatException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.PictureFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checks a PDF by what it is, not by its name, before it is uploaded. Its pages are counted if Apache PDFBox is on the class path;
 * otherwise the platform finds out.
 */
public final class PdfInspector {

    /** More than the platform takes. */
    private static final int MOST_PAGES = 300;

    /** The header may come after something else, within so many bytes. */
    private static final int HEAD = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(PdfInspector.class);
    private static final String OPERATION = "pdf";
    private static final String NOTHING = ". Nothing was sent, nothing was charged.";

    private final boolean countsPages;

    public PdfInspector() {
        this.countsPages = isThere("org.apache.pdfbox.Loader");
        if (!countsPages) {
            LOG.warn("PDFs are sent without counting their pages, so it isn't known what they cost. To know it, add the"
                    + " dependency org.apache.pdfbox:pdfbox");
        }
    }

    private static boolean isThere(String className) {
        try {
            Class.forName(className, false, PdfInspector.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    /**
     * Inspects a file that is to be cleaned as a PDF.
     *
     * @return                            how many pages it has; {@code null} if they aren't counted
     * @throws DewatermarkFormatException if it is no PDF
     * @throws DewatermarkInputException  if it has too many pages, is encrypted, damaged, or can't be read
     */
    public Integer pages(Content pdf) {
        try {
            requirePdf(pdf);
            if (!countsPages) {
                return null;
            }
            int pages = PdfPages.count(pdf);
            if (pages == PdfPages.ENCRYPTED) {
                throw bad(
                        pdf,
                        "is encrypted, and the platform can't open it: remove its password and its restrictions",
                        null);
            }
            if (pages > MOST_PAGES) {
                throw bad(pdf, "has " + pages + " pages, and the platform takes " + MOST_PAGES + ": split it", null);
            }
            if (pages < 1) {
                throw bad(pdf, "has no pages", null);
            }
            return pages;
        } catch (IOException | RuntimeException e) {
            if (e instanceof DewatermarkInputException refusal) {
                throw refusal;
            }
            throw bad(
                    pdf,
                    "can't be read as a PDF, so it was cut short or is damaged; was it still being written? (option readLock of"
                            + " the consumer): " + e.getMessage(),
                    e);
        }
    }

    private static void requirePdf(Content pdf) throws IOException {
        try (InputStream in = pdf.open()) {
            if (new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1).contains("%PDF-")) {
                return;
            }
        }
        PictureFormat format = PictureFormat.of(pdf);
        String other = format == PictureFormat.CLIP ? "video" : "erase";
        String advice = format == PictureFormat.CLIP || format.isConvertible()
                ? ", and no PDF; send it to dewatermark:" + other
                : ", and no PDF; get the PDF itself";
        String what = format == PictureFormat.UNKNOWN ? "not a known kind of file" : format.description();
        throw new DewatermarkFormatException(OPERATION, pdf.name() + " is " + what + advice + NOTHING);
    }

    private static DewatermarkInputException bad(Content pdf, String problem, Throwable cause) {
        return new DewatermarkInputException(OPERATION, pdf.name() + " " + problem + NOTHING, cause);
    }
}
