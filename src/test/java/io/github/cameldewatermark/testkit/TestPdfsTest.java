package io.github.cameldewatermark.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.encryption.InvalidPasswordException;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.Test;

class TestPdfsTest {

    @Test
    void eachPageHasATextOfItsOwnAndTheOverlay() throws IOException {
        try (PDDocument pdf = Loader.loadPDF(TestPdfs.pages(2))) {
            assertThat(new PDFTextStripper().getText(pdf).lines())
                    .containsExactly(TestPdfs.text(1), TestPdfs.OVERLAY, TestPdfs.text(2), TestPdfs.OVERLAY);
        }
        try (PDDocument pdf = Loader.loadPDF(TestPdfs.withoutOverlay(2))) {
            assertThat(new PDFTextStripper().getText(pdf).lines()).containsExactly(TestPdfs.text(1), TestPdfs.text(2));
        }
    }

    @Test
    void theyAreTheSameEachTime() {
        assertThat(TestPdfs.pages(3)).isEqualTo(TestPdfs.pages(3));
        assertThat(TestPdfs.encrypted()).isEqualTo(TestPdfs.encrypted());
    }

    @Test
    void anEncryptedOneOpensWithItsPasswordOnly() throws IOException {
        assertThatExceptionOfType(InvalidPasswordException.class)
                .isThrownBy(() -> Loader.loadPDF(TestPdfs.encrypted()).close());
        try (PDDocument pdf = Loader.loadPDF(TestPdfs.encrypted(), "user")) {
            assertThat(pdf.getNumberOfPages()).isEqualTo(2);
        }
    }
}
