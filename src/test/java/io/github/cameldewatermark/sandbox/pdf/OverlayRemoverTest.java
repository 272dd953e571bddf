package io.github.cameldewatermark.sandbox.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.github.cameldewatermark.testkit.TestPdfs;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferInt;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDStream;
import org.apache.pdfbox.pdmodel.encryption.AccessPermission;
import org.apache.pdfbox.pdmodel.encryption.StandardProtectionPolicy;
import org.apache.pdfbox.pdmodel.font.PDType1Font;
import org.apache.pdfbox.pdmodel.font.Standard14Fonts.FontName;
import org.apache.pdfbox.pdmodel.graphics.image.LosslessFactory;
import org.apache.pdfbox.pdmodel.graphics.image.PDImageXObject;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OverlayRemoverTest {

    private static final String OVERLAY = " (SAMPLE) ";

    private final OverlayRemover remover = new OverlayRemover();

    @TempDir
    private Path folder;

    @Test
    void theOverlayIsGoneAndTheTextOfThePagesStays() throws IOException {
        Path input = file(TestPdfs.pages(12));

        Path cleaned = cleaned(input, true);

        assertThat(remover.pages(input)).isEqualTo(12);
        assertThat(text(cleaned).lines())
                .containsExactlyElementsOf(
                        IntStream.rangeClosed(1, 12).mapToObj(TestPdfs::text).toList());
        assertThat(pixels(input, 4)).isNotEqualTo(pixels(cleaned, 4));
        assertThat(pixels(file(TestPdfs.withoutOverlay(12)), 4)).isEqualTo(pixels(cleaned, 4));
    }

    @Test
    void anOverlayThatIsAppendedAsAStreamIsFoundAlsoIfItIsAnImage() throws IOException {
        Path original = folder.resolve("original.pdf");
        Path input = folder.resolve("marked.pdf");
        try (PDDocument pdf = Loader.loadPDF(TestPdfs.withoutOverlay(3))) {
            pdf.save(original.toFile());
            PDImageXObject stamp = LosslessFactory.createFromImage(pdf, picture());
            for (PDPage page : pdf.getPages()) {
                try (var content = new PDPageContentStream(pdf, page, AppendMode.APPEND, true, true)) {
                    content.drawImage(stamp, 100, 300);
                    content.beginText();
                    content.setFont(new PDType1Font(FontName.HELVETICA_BOLD), 60);
                    content.newLineAtOffset(100, 500);
                    content.showText("SAMPLE");
                    content.endText();
                }
            }
            pdf.save(input.toFile());
        }

        Path cleaned = cleaned(input, true);

        assertThat(text(cleaned)).isEqualTo(text(original));
        assertThat(pixels(cleaned, 2)).isEqualTo(pixels(original, 2)).isNotEqualTo(pixels(input, 2));
    }

    private static BufferedImage picture() {
        BufferedImage picture = new BufferedImage(60, 40, BufferedImage.TYPE_INT_RGB);
        picture.setRGB(30, 20, Color.RED.getRGB());
        return picture;
    }

    @Test
    void markedContentOfItsOwnIsAnOverlayAndItsFontStaysInForce() throws IOException {
        String mark = "/Artifact <</Subtype /Watermark>> BDC /F1 30 Tf BT 100 400 Td" + OVERLAY + "Tj ET EMC ";
        Path input = pdf(List.of(mark + "BT 72 700 Td (one) Tj ET"), List.of(mark + "BT 72 700 Td (two) Tj ET"));

        Path cleaned = cleaned(input, true);

        assertThat(text(cleaned).lines()).containsExactly("one", "two");
        assertThat(pixels(cleaned, 0)).isEqualTo(pixels(pdf(List.of("/F1 30 Tf BT 72 700 Td (one) Tj ET")), 0));
    }

    @Test
    void aStreamThatIsTheSameOnEveryPageIsAnOverlayAndMovesNothing() throws IOException {
        String mark = "BT /F1 30 Tf 40 TL 100 400 Td 2 1" + OVERLAY + "\" (SAMPLE) ' ET";
        String first = "BT /F1 12 Tf 72 700 Td (one) Tj ET";
        String afterwards = "BT /F1 12 Tf 72 600 Td (and some words) Tj ET";
        Path input = pdf(List.of(first, mark, afterwards), List.of("BT /F1 12 Tf 72 700 Td (two) Tj ET", mark));

        Path cleaned = cleaned(input, true);

        assertThat(text(cleaned).lines()).containsExactly("one", "and some words", "two");
        String spacing = "BT 2 Tw 1 Tc ET";
        assertThat(pixels(cleaned, 0)).isEqualTo(pixels(pdf(List.of(first, spacing, afterwards)), 0));
    }

    @Test
    void whatIsMarkedWithinATextIsNoOverlayAsItMovesTheRest() throws IOException {
        String text = "BT /F1 12 Tf 72 700 Td /Span BMC (Page ) Tj EMC (%s) Tj ET";

        stays(pdf(List.of(text.formatted("one")), List.of(text.formatted("two"))));
    }

    @Test
    void whatIsNotTheSameOnEveryPageIsNoOverlay() throws IOException {
        String mark = "q BT /F1 30 Tf 100 400 Td" + OVERLAY + "Tj ET Q ";
        String own = "BT /F1 12 Tf 72 700 Td (%s) Tj ET ";

        stays(pdf(List.of(mark + own.formatted("one"))));
        stays(pdf(List.of(mark + own.formatted("one")), List.of(own.formatted("two"))));
        stays(pdf(List.of(mark + own.formatted("one")), List.of(mark.replace("30", "31") + own.formatted("two"))));
    }

    @Test
    void pagesThatAreTheSameAsAWholeAreNoOverlay() throws IOException {
        String form = "q BT /F1 30 Tf 100 400 Td (Name:) Tj ET Q";

        stays(pdf(List.of(form), List.of(form)));
    }

    @Test
    void theSameNameForAnotherImageIsNoOverlay() throws IOException {
        Path input = folder.resolve("images.pdf");
        try (PDDocument pdf = new PDDocument()) {
            for (int i = 0; i < 2; i++) {
                BufferedImage picture = picture();
                picture.setRGB(i, i, Color.GREEN.getRGB());
                PDPage page = new PDPage();
                pdf.addPage(page);
                try (var content = new PDPageContentStream(pdf, page)) {
                    content.drawImage(LosslessFactory.createFromImage(pdf, picture), 100, 300);
                    content.addRect(1, 1, i + 1, 1);
                    content.fill();
                }
            }
            pdf.save(input.toFile());
        }

        stays(input);
    }

    @Test
    void whatCannotBeOpenedIsNoPdf() throws IOException {
        refuses("no PDF".getBytes(StandardCharsets.UTF_8));
        refuses(new byte[0]);
        refuses(TestPdfs.encrypted());
        refuses(withRestrictions());
    }

    /** It opens without a password. */
    private static byte[] withRestrictions() throws IOException {
        try (PDDocument pdf = Loader.loadPDF(TestPdfs.pages(2));
                var bytes = new ByteArrayOutputStream()) {
            pdf.protect(new StandardProtectionPolicy("owner", "", new AccessPermission()));
            pdf.save(bytes);
            return bytes.toByteArray();
        }
    }

    private void refuses(byte[] pdf) throws IOException {
        Path input = file(pdf);
        assertThatIOException().isThrownBy(() -> remover.pages(input));
        assertThatIOException().isThrownBy(() -> remover.clean(input, folder.resolve("refused.pdf")));
    }

    private void stays(Path input) throws IOException {
        assertThat(cleaned(input, false)).hasSameBinaryContentAs(input);
    }

    private Path cleaned(Path input, boolean overlay) throws IOException {
        Path output = folder.resolve("cleaned-" + input.getFileName());
        assertThat(remover.clean(input, output)).isEqualTo(overlay);
        return output;
    }

    private Path file(byte[] pdf) throws IOException {
        return Files.write(Files.createTempFile(folder, "", ".pdf"), pdf);
    }

    /** @param pages the streams of each page */
    @SafeVarargs
    private Path pdf(List<String>... pages) throws IOException {
        Path file = Files.createTempFile(folder, "", ".pdf");
        try (PDDocument pdf = Loader.loadPDF(TestPdfs.withoutOverlay(pages.length))) {
            for (int i = 0; i < pages.length; i++) {
                List<PDStream> streams = new ArrayList<>();
                for (String content : pages[i]) {
                    var in = new ByteArrayInputStream(content.getBytes(StandardCharsets.US_ASCII));
                    streams.add(new PDStream(pdf, in));
                }
                pdf.getPage(i).setContents(streams);
            }
            pdf.save(file.toFile());
        }
        return file;
    }

    private static String text(Path pdf) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            return new PDFTextStripper().getText(document);
        }
    }

    private static int[] pixels(Path pdf, int page) throws IOException {
        try (PDDocument document = Loader.loadPDF(pdf.toFile())) {
            BufferedImage rendered = new PDFRenderer(document).renderImage(page);
            return ((DataBufferInt) rendered.getRaster().getDataBuffer()).getData();
        }
    }
}
