package io.github.cameldewatermark.testkit;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.cos.COSDictionary;
import org.apache.pdfbox.cos.COSName;
import org.apache.pdfbox.pdfwriter.compress.CompressParameters;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDResources;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;

/** PDFs with a watermark, the same bytes each time. */
public final class TestPdfs {

    /** What all pages have in common. */
    public static final String OVERLAY = "SAMPLE";

    private static final String OVERLAY_CONTENT = "q 0.85 g BT /F1 120 Tf 50 350 Td (" + OVERLAY + ") Tj ET Q\n";

    private TestPdfs() {}

    /** Each page has a {@link #text} of its own, and the {@link #OVERLAY}. */
    public static byte[] pages(int count) {
        return pages(count, OVERLAY_CONTENT);
    }

    /** As {@link #pages} without the overlay. */
    public static byte[] withoutOverlay(int count) {
        return pages(count, "");
    }

    /** What stands on a page, counted from 1. */
    public static String text(int page) {
        return "This is page " + page;
    }

    /** Opens with a password only. */
    public static byte[] encrypted() {
        try (PDDocument pdf = Loader.loadPDF(pages(2))) {
            pdf.protect(new StandardProtectionPolicy("owner", "user", new AccessPermission()));
            return bytes(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] pages(int count, String overlay) {
        try (PDDocument pdf = new PDDocument()) {
            PDResources resources = resources();
            for (int number = 1; number <= count; number++) {
                PDPage page = new PDPage();
                page.setResources(resources);
                page.setContents(content(pdf, "BT /F1 14 Tf 72 720 Td (" + text(number) + ") Tj ET\n" + overlay));
                pdf.addPage(page);
            }
            return bytes(pdf);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Not by PDFBox's own class for fonts, which would look for all fonts of the machine. */
    private static PDResources resources() {
        COSDictionary font = new COSDictionary();
        font.setItem(COSName.TYPE, COSName.FONT);
        font.setItem(COSName.SUBTYPE, COSName.TYPE1);
        font.setName(COSName.BASE_FONT, "Helvetica");
        COSDictionary fonts = new COSDictionary();
        fonts.setItem(COSName.getPDFName("F1"), font);
        COSDictionary resources = new COSDictionary();
        resources.setItem(COSName.FONT, fonts);
        return new PDResources(resources);
    }

    private static PDStream content(PDDocument pdf, String operators) throws IOException {
        InputStream in = new ByteArrayInputStream(operators.getBytes(StandardCharsets.US_ASCII));
        return new PDStream(pdf, in, COSName.FLATE_DECODE);
    }

    private static byte[] bytes(PDDocument pdf) throws IOException {
        pdf.setDocumentId(1L); // else it would be made from the time
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        pdf.save(bytes, CompressParameters.NO_COMPRESSION);
        return bytes.toByteArray();
    }
}
