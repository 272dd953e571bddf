package io.github.cameldewatermark.pdf;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.InputStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.io.RandomAccessRead;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.io.RandomAccessReadBufferedFile;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;

/** Counts pages with Apache PDFBox; a class of its own, so that it isn't loaded without PDFBox. */
final class PdfPages {

    static final int ENCRYPTED = -1;

    private PdfPages() {}

    /** Returns how many pages a PDF has, or {@link #ENCRYPTED}. Neither its pages nor its pictures are read. */
    static int count(Content pdf) throws IOException {
        try (RandomAccessRead in = open(pdf);
                PDDocument document = Loader.loadPDF(in)) {
            return document.isEncrypted() ? ENCRYPTED : document.getNumberOfPages();
        } catch (InvalidPasswordException e) {
            return ENCRYPTED;
        }
    }

    private static RandomAccessRead open(Content pdf) throws IOException {
        if (pdf.file() != null) {
            return new RandomAccessReadBufferedFile(pdf.file());
        }
        if (pdf instanceof Content.BytesContent memory) {
            return new RandomAccessReadBuffer(memory.bytes());
        }
        try (InputStream in = pdf.open()) {
            return RandomAccessReadBuffer.createBufferFromStream(in);
        }
    }
}
