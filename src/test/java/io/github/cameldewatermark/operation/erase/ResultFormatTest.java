package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestContext;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A result may be a PNG, and it may be no picture at all. */
class ResultFormatTest {

    private static final byte[] PNG = PictureSamples.written(PictureSamples.picture(40, 30), "png");

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @TempDir
    private Path folder;

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @ParameterizedTest
    @CsvSource({
        "photo.jpg, jpeg, photo.jpg.png",
        "photo.png, png,  photo.png",
        "photo.gif, gif,  photo.gif.png",
        "PHOTO.PNG, jpeg, PHOTO.PNG"
    })
    void aPngHasItsNameAndItsHeader(String name, String format, String expected) throws Exception {
        WIRE.answersWith(PNG);
        byte[] picture = PictureSamples.written(PictureSamples.picture(40, 30), format);

        Exchange exchange = context.start("dewatermark:erase")
                .send(picture, Map.of(Exchange.FILE_NAME, "a/" + name, Exchange.FILE_NAME_ONLY, name));

        assertThat(body(exchange)).isEqualTo(PNG);
        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(Exchange.FILE_NAME, "a/" + expected)
                .containsEntry(Exchange.FILE_NAME_ONLY, expected)
                .containsEntry(Exchange.CONTENT_TYPE, "image/png");
    }

    @Test
    void aJpegHasItsHeader() throws Exception {
        WIRE.answersWith(jpeg());

        Exchange exchange = context.start("dewatermark:erase")
                .send(PNG, Map.of(Exchange.FILE_NAME, "photo.png", Exchange.CONTENT_TYPE, "image/png"));

        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(Exchange.FILE_NAME, "photo.png.jpg")
                .containsEntry(Exchange.CONTENT_TYPE, "image/jpeg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"half a JPEG", "half a PNG", "HTML", "GIF"})
    void whatIsNoWholePictureIsAFailureThatIsPaidForAndKept(String what) throws Exception {
        byte[] result =
                switch (what) {
                    case "half a JPEG" -> Arrays.copyOf(jpeg(), jpeg().length / 2);
                    case "half a PNG" -> Arrays.copyOf(PNG, PNG.length / 2);
                    case "HTML" -> "<html>busy</html>".getBytes(StandardCharsets.US_ASCII);
                    default -> PictureSamples.written(PictureSamples.picture(40, 30), "gif");
                };
        WIRE.answersWith(result);
        context.component().setAccount("me");
        context.start("dewatermark:erase?journalDirectory=" + folder.resolve("journal") + "");

        DewatermarkTransportException first = failure(context.send(jpeg()), DewatermarkTransportException.class);
        DewatermarkTransportException again = failure(context.send(jpeg()), DewatermarkTransportException.class);

        assertThat(first.billed()).isEqualTo(Billed.YES);
        assertThat(first.retryable()).isFalse();
        assertThat(first)
                .hasMessageContaining(
                        "was cleaned and charged, but what came as its result is not a whole JPEG or PNG: "
                                + result.length + " bytes")
                .hasMessageEndingWith("; the journal keeps it");
        assertThat(again.billed()).isEqualTo(Billed.YES);
        assertThat(again)
                .hasMessageContaining("not a whole JPEG or PNG")
                .hasMessageContaining(DewatermarkConstants.PAY_AGAIN);
        assertThat(WIRE.calls()).as("paid once").hasSize(1);
        try (var files = Files.walk(folder.resolve("journal"))) {
            assertThat(files.filter(Files::isRegularFile))
                    .anySatisfy(file -> assertThat(file).hasBinaryContent(result));
        }
    }
}
