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

    /** The end may be followed by something else, as many are padded. */
    private static final int TAIL = 2048;

    private static final Logger LOG = LoggerFactory.getLogger(PdfInspector.class);
    private static final String OPERATION = "pdf";

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
            if (!isWhole(pdf)) { // PDFBox would make do with what is left
                throw damaged(pdf, "it has no end", null);
            }
            if (!countsPages) {
                return null;
            }
            int pages = PdfPages.count(pdf);
            if (pages == PdfPages.ENCRYPTED) {
                throw bad(pdf, "is encrypted: remove its password and its restrictions", null);
            }
            if (pages > MOST_PAGES) {
                throw bad(pdf, "has " + pages + " pages, and the platform takes " + MOST_PAGES + ": split it", null);
            }
            if (pages < 1) {
                throw bad(pdf, "has no pages", null);
            }
            return pages;
        } catch (DewatermarkInputException e) {
            throw e;
        } catch (IOException | RuntimeException e) {
            throw damaged(pdf, String.valueOf(e.getMessage()), e);
        } catch (OutOfMemoryError e) {
            throw bad(pdf, "takes more memory to be read than there is (its index is large, or made to be so)", e);
        }
    }

    private static DewatermarkInputException damaged(Content pdf, String problem, Throwable cause) {
        return bad(
                pdf,
                "can't be read as a PDF, so it was cut short or is damaged; was it still being written? (option readLock of"
                        + " the consumer): " + problem,
                cause);
    }

    /** Whether a file begins as a PDF. */
    public static boolean isPdf(Content file) throws IOException {
        try (InputStream in = file.open()) {
            return new String(in.readNBytes(HEAD), StandardCharsets.ISO_8859_1).contains("%PDF-");
        }
    }

    private static boolean isWhole(Content pdf) throws IOException {
        try (InputStream in = pdf.open()) {
            in.skipNBytes(Math.max(0, pdf.length() - TAIL));
            return new String(in.readNBytes(TAIL), StandardCharsets.ISO_8859_1).contains("%%EOF");
        }
    }

    private static void requirePdf(Content pdf) throws IOException {
        if (isPdf(pdf)) {
            return;
        }
        PictureFormat format = PictureFormat.of(pdf);
        String other = format == PictureFormat.CLIP ? "video" : "erase";
        String advice = format == PictureFormat.CLIP || format.isConvertible()
                ? ", and no PDF; send it to dewatermark:" + other
                : ", and no PDF; get the PDF itself";
        String what = format == PictureFormat.UNKNOWN ? "not a known kind of file" : format.description();
        throw new DewatermarkFormatException(OPERATION, pdf.name() + " is " + what + advice);
    }

    private static DewatermarkInputException bad(Content pdf, String problem, Throwable cause) {
        return new DewatermarkInputException(OPERATION, pdf.name() + " " + problem, cause);
    }
}
