package io.github.cameldewatermark.operation.video;

import static io.github.cameldewatermark.DewatermarkConstants.HAS_WATERMARK;
import static io.github.cameldewatermark.TestPictures.encoded;
import static io.github.cameldewatermark.TestPictures.psnr;
import static io.github.cameldewatermark.TestPictures.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.TestPictures;
import io.github.cameldewatermark.sandbox.Sandbox;
import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.Java2DFrameConverter;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A real clip through the sandbox, which works on its pixels: all that is marked is erased, and nothing else. */
class ClipBrushQualityTest {

    private static final byte[] MARKED = resource("/samples/video/rocket-pan.mp4");
    private static final byte[] ORIGINAL = resource("/samples/video/original/rocket-pan.mp4");
    private static final byte[] MARK = resource("/samples/video/brush/rocket-pan.png");
    private static final int EVERY = 37;

    private static List<byte[]> marked;
    private static List<byte[]> original;

    @AutoClose
    private final Sandbox sandbox =
            Sandbox.builder().taskDuration(Duration.ofMillis(100)).start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeAll
    static void readClips() throws IOException {
        marked = frames(MARKED);
        original = frames(ORIGINAL);
    }

    @Test
    void whereTheRegionIsTheMarkGoesAndElsewhereNothingChanges() throws Exception {
        List<byte[]> cleaned = cleaned("bottom-right:27%x16%");

        byte[] outside = TestPictures.brush(854, 480, new Rectangle(854, 400));
        for (int i = 0; i < original.size(); i++) {
            assertThat(psnr(cleaned.get(i), original.get(i), MARK))
                    .isGreaterThan(psnr(marked.get(i), original.get(i), MARK) + 8);
            assertThat(psnr(cleaned.get(i), marked.get(i), outside)).isGreaterThan(36);
        }
    }

    /** The mark, which would be found without a region, stays. */
    @Test
    void aRegionBesideTheMarkLeavesTheMark() throws Exception {
        List<byte[]> cleaned = cleaned("100,50,200,100");

        for (int i = 0; i < marked.size(); i++) {
            assertThat(psnr(cleaned.get(i), original.get(i), MARK))
                    .isLessThan(psnr(marked.get(i), original.get(i), MARK) + 1);
        }
    }

    private List<byte[]> cleaned(String region) throws Exception {
        context.start(routes -> routes.from("direct:in")
                .to("dewatermark:video?maskRegion=" + region)
                .convertBodyTo(byte[].class));

        Exchange exchange = context.send(MARKED);

        List<byte[]> frames = frames(TestContext.body(exchange));
        assertThat(exchange.getMessage().getHeader(HAS_WATERMARK)).isEqualTo(true);
        assertThat(frames).hasSize(5);
        return frames;
    }

    /** Some frames of a clip, as PNG. */
    private static List<byte[]> frames(byte[] clip) throws IOException {
        List<byte[]> frames = new ArrayList<>();
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(new ByteArrayInputStream(clip));
                Java2DFrameConverter converter = new Java2DFrameConverter()) {
            grabber.start();
            Frame frame = grabber.grabImage();
            for (int number = 0; frame != null; number++) {
                if (number % EVERY == 0) {
                    frames.add(encoded(converter.convert(frame), "png"));
                }
                frame = grabber.grabImage();
            }
        }
        return frames;
    }
}
