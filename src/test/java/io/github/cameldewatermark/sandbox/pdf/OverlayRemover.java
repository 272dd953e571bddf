package io.github.cameldewatermark.sandbox.pdf;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;

/** Removes what is shown by blocks of the content that are the same on every page, and leaves everything else as it is. */
public final class OverlayRemover implements PdfEngine {

    @Override
    public int pages(Path input) throws IOException {
        try (PDDocument pdf = open(input)) {
            return pdf.getNumberOfPages();
        } catch (RuntimeException e) {
            throw damaged(e);
        }
    }

    @Override
    public boolean clean(Path input, Path output) throws IOException {
        try (PDDocument pdf = open(input)) {
            if (removeOverlay(pdf)) {
                pdf.save(output.toFile());
                return true;
            }
        } catch (RuntimeException e) {
            throw damaged(e);
        }
        Files.copy(input, output);
        return false;
    }

    private static PDDocument open(Path input) throws IOException {
        PDDocument pdf = Loader.loadPDF(input.toFile());
        try {
            if (pdf.isEncrypted()) { // with an empty password, as it could be opened
                throw new IOException("It is encrypted");
            }
            if (pdf.getNumberOfPages() < 1) {
                throw new IOException("It has no pages");
            }
            return pdf;
        } catch (IOException | RuntimeException e) {
            pdf.close();
            throw e;
        }
    }

    /** PDFBox's way of saying that it didn't expect something. */
    private static IOException damaged(RuntimeException e) {
        return new IOException("It is damaged: " + e, e);
    }

    /** Pages are read twice, so that no more than one of them is in memory. */
    private static boolean removeOverlay(PDDocument pdf) throws IOException {
        ResourceDigests resources = new ResourceDigests();
        Set<String> overlay = pdf.getNumberOfPages() < 2 ? Set.of() : common(pdf, resources);
        if (overlay.isEmpty()) {
            return false;
        }
        boolean somethingStays = false;
        for (PDPage page : pdf.getPages()) {
            List<Operation> rest = PageContent.read(page, resources).without(overlay);
            somethingStays |= rest.stream().anyMatch(Operation::paints);
            Operation.write(rest, pdf, page);
        }
        return somethingStays; // pages that are the same as a whole, such as forms, are no overlay
    }

    /** The blocks that all pages have. */
    private static Set<String> common(PDDocument pdf, ResourceDigests resources) throws IOException {
        Set<String> common = null;
        for (PDPage page : pdf.getPages()) {
            Set<String> here = PageContent.read(page, resources).signatures();
            if (common == null) {
                common = new HashSet<>(here);
            } else {
                common.retainAll(here);
            }
            if (common.isEmpty()) {
                break;
            }
        }
        return common;
    }
}
