package io.github.cameldewatermark.operation.erase;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.pixel.Thumbnail;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.image.BufferedImage;
import java.nio.file.Path;
import java.util.Arrays;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Small copies of pictures, before and after: the option thumbnails. */
@Timeout(60)
class ThumbnailsTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @TempDir
    private Path journal;

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    private void start(String options) throws Exception {
        context.component().setAccount("mine");
        context.options().setJournalDirectory(journal.toString());
        context.start("dewatermark:erase" + options);
    }

    private long files(String part) throws Exception {
        return TestFiles.names(journal).stream()
                .filter(name -> name.endsWith("." + part))
                .count();
    }

    @ParameterizedTest
    @CsvSource({"?thumbnails=true, 1", "'', 0"})
    void theOneOfTheOriginalIsInTheJournalWithTheAnswerIfTheOptionSaysSo(String options, int count) throws Exception {
        WIRE.answersWith(jpeg(640, 480));
        start(options);

        body(context.send(jpeg()));

        assertThat(files("picture")).isOne();
        assertThat(files("before")).isEqualTo(count);
    }

    /** Of an answer, only the header and the end are looked at. */
    @Test
    void anAnswerThatCannotBeDecodedIsDeliveredAndKeptAllTheSame() throws Exception {
        byte[] broken = jpeg(64, 48);
        Arrays.fill(broken, broken.length / 2, broken.length - 2, (byte) 0);
        WIRE.answersWith(broken);
        start("?thumbnails=true");

        assertThat(body(context.send(jpeg()))).isEqualTo(broken);
        Exchange again = context.send(jpeg());

        assertThat(body(again)).isEqualTo(broken);
        assertThat(again.getMessage().getHeader(DewatermarkConstants.FROM_JOURNAL))
                .isEqualTo(true);
        assertThat(files("picture")).isOne();
    }

    @ParameterizedTest
    @CsvSource({"1600, 800, 160, 80", "800, 1600, 80, 160", "6000, 10, 160, 1", "40, 30, 40, 30"})
    void theyHaveAtMost160PixelsOnEachSide(int width, int height, int smallWidth, int smallHeight) throws Exception {
        BufferedImage small = TestPictures.image(Thumbnail.of(Content.of("a picture", jpeg(width, height))));

        assertThat(small.getWidth()).isEqualTo(smallWidth);
        assertThat(small.getHeight()).isEqualTo(smallHeight);
    }
}
