package io.github.cameldewatermark.operation.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkFormatException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.time.Duration;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A clip is looked at before it is uploaded. */
class ClipInputTest {

    private static final Map<String, Object> NAME = Map.of(Exchange.FILE_NAME, "a.mp4");

    @AutoClose
    private final Sandbox sandbox = TestClips.sandboxThatKeepsClips(Duration.ofMillis(100));

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void whatIsNoClipIsRefusedBeforeAnyCall() throws Exception {
        context.start("dewatermark:video?minimumCredit=1");

        Exchange exchange = context.send(TestPictures.jpeg(), NAME);

        DewatermarkFormatException failure = TestContext.failure(exchange, DewatermarkFormatException.class);
        assertThat(failure).hasMessageStartingWith("a.mp4 is a JPEG picture; send it to dewatermark:erase");
        assertThat(failure.operation()).isEqualTo("video");
        assertThat(failure.billed()).isEqualTo(Billed.NO);
        assertThat(failure.retryable()).isFalse();
        assertThat(sandbox.requests().all()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void headersTellWhatTheClipWas(boolean wait) throws Exception {
        context.start("dewatermark:video?waitForCompletion=" + wait);

        Exchange exchange = context.send(TestPictures.resource("/samples/video/rocket-pan.mp4"), NAME);

        assertThat(exchange.getMessage().getHeaders())
                .containsEntry(DewatermarkConstants.ORIGINAL_FORMAT, "MP4")
                .containsEntry(DewatermarkConstants.ORIGINAL_WIDTH, 854)
                .containsEntry(DewatermarkConstants.ORIGINAL_HEIGHT, 480)
                .containsEntry(DewatermarkConstants.ORIGINAL_DURATION, 6.0)
                .containsEntry(DewatermarkConstants.ORIGINAL_FRAME_RATE, 25.0);
    }

    @Test
    void whatAnEarlierStepSaidOfAnotherFileIsGone() throws Exception {
        byte[] unknown = new byte[1000];
        new Random(7).nextBytes(unknown);

        Exchange exchange = context.start("dewatermark:video")
                .send(unknown, Map.of(DewatermarkConstants.ORIGINAL_WIDTH, 1, Exchange.FILE_NAME, "a.mp4"));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeaders()).doesNotContainKey(DewatermarkConstants.ORIGINAL_WIDTH);
    }

    @ParameterizedTest
    @CsvSource({
        "540, ''",
        "541, a.mp4 may fail: it lasts 541 s",
    })
    void aClipThatIsLongerThanPromisedIsWarnedOf(int seconds, String warning) throws Exception {
        assertThat(warnings(TestClips.mp4(seconds, 10))).isEqualTo(warning);
    }

    @Test
    void aClipThatIsNoMp4IsWarnedOf() throws Exception {
        byte[] avi = "RIFF\0\0\0\0AVI LIST\0\0\0\0hdrlavih\0\0\0\0".getBytes();

        assertThat(warnings(avi)).isEqualTo("a.mp4 may fail: only MP4 is sure to be taken");
    }

    private String warnings(byte[] clip) throws Exception {
        try (LogLines log = LogLines.infos()) {
            assertThat(context.start("dewatermark:video").send(clip, NAME).getException())
                    .isNull();
            return log.messages().stream()
                    .filter(line -> line.contains(" may fail: "))
                    .map(line -> line.replaceFirst("[,.] .*", ""))
                    .collect(Collectors.joining());
        }
    }
}
