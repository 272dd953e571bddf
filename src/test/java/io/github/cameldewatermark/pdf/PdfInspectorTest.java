package io.github.cameldewatermark.pdf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkFormatException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestPdfs;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PdfInspectorTest {

    private static final String NOTHING = ". Nothing was sent, nothing was charged.";

    private final PdfInspector inspector = new PdfInspector();

    @ParameterizedTest
    @ValueSource(ints = {1, 12, 300})
    void pagesAreCounted(int pages) {
        assertThat(inspector.pages(pdf(TestPdfs.pages(pages)))).isEqualTo(pages);
    }

    @Test
    void aFileIsReadFromWhereItIs(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("a.pdf"), TestPdfs.pages(3));

        assertThat(inspector.pages(Content.of(file))).isEqualTo(3);

        Files.delete(file); // which Windows refuses while it is open
    }

    /** Some servers put something before it. */
    @Test
    void theHeaderMayComeLater() {
        byte[] pdf = TestPdfs.pages(2);
        byte[] late = new byte[pdf.length + 100];
        System.arraycopy(pdf, 0, late, 100, pdf.length);

        assertThat(inspector.pages(pdf(late))).isEqualTo(2);
    }

    @Test
    void moreThanThreeHundredPagesAreRefused() {
        assertThat(refusal(TestPdfs.pages(301)))
                .hasMessage("a.pdf has 301 pages, and the platform takes 300: split it" + NOTHING);
    }

    @Test
    void whatIsEncryptedIsRefused() {
        assertThat(refusal(TestPdfs.encrypted()))
                .hasMessageStartingWith("a.pdf is encrypted: remove its password and its restrictions");
    }

    @Test
    void whatIsCutShortIsRefused() {
        byte[] pdf = TestPdfs.pages(40);

        assertCutShort(Arrays.copyOf(pdf, 40));
        assertCutShort(Arrays.copyOf(pdf, pdf.length / 2));
        assertCutShort(
                Arrays.copyOf(Arrays.copyOf(pdf, pdf.length / 2), pdf.length + 3000)); // zeros, as of a copy under way
    }

    private void assertCutShort(byte[] pdf) {
        assertThat(refusal(pdf))
                .hasMessageStartingWith(
                        "a.pdf can't be read as a PDF, so it was cut short or is damaged; was it still being"
                                + " written? (option readLock of the consumer): ")
                .hasMessageEndingWith(NOTHING);
    }

    /** As that of a PDF whose index is made to unpack to more than the heap. */
    @Test
    void whatTakesMoreMemoryThanThereIsIsAFailureOfThisFileAlone() {
        Content large = new Content() {
            @Override
            public String name() {
                return "a.pdf";
            }

            @Override
            public long length() {
                return 1000;
            }

            @Override
            public InputStream open() {
                throw new OutOfMemoryError("a test");
            }
        };

        assertThat(catchThrowableOfType(DewatermarkInputException.class, () -> inspector.pages(large)))
                .hasMessageStartingWith("a.pdf takes more memory to be read than there is")
                .hasMessageEndingWith(NOTHING);
    }

    @Test
    void anotherKindOfFileIsRefusedWithWhereToSendIt() {
        assertThat(refusal(TestPictures.jpeg(40, 30)))
                .isInstanceOf(DewatermarkFormatException.class)
                .hasMessage("a.pdf is a JPEG picture, and no PDF; send it to dewatermark:erase" + NOTHING);
        assertThat(refusal(TestClips.clip("a")))
                .isInstanceOf(DewatermarkFormatException.class)
                .hasMessageContaining("a clip, and no PDF; send it to dewatermark:video");
        assertThat(refusal("<html>".getBytes(StandardCharsets.UTF_8)))
                .hasMessage("a.pdf is an HTML page, and no PDF; get the PDF itself" + NOTHING);
        assertThat(refusal(new byte[2000])).hasMessageContaining("a.pdf is not a known kind of file, and no PDF");
    }

    private DewatermarkInputException refusal(byte[] bytes) {
        DewatermarkInputException refusal =
                catchThrowableOfType(DewatermarkInputException.class, () -> inspector.pages(pdf(bytes)));
        assertThat(refusal.billed()).isEqualTo(Billed.NO);
        assertThat(refusal.operation()).isEqualTo("pdf");
        return refusal;
    }

    private static Content pdf(byte[] bytes) {
        return Content.of("a.pdf", bytes);
    }
}
