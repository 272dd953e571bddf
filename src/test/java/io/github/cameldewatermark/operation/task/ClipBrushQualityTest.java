package io.github.cameldewatermark.operation.task;

import static io.github.cameldewatermark.DewatermarkConstants.HAS_WATERMARK;
import static io.github.cameldewatermark.testkit.TestPictures.encoded;
import static io.github.cameldewatermark.testkit.TestPictures.psnr;
import static io.github.cameldewatermark.testkit.TestPictures.resource;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.awt.Rectangle;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameGrabber;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.bytedeco.javacv.Java2DFrameConverter;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real clip through the sandbox, which works on its pixels: all that is marked is erased, and nothing else. */
class ClipBrushQualityTest {

    private static final byte[] MARK = resource("/samples/video/brush/rocket-pan.png");
    /** Of the sample, those that the clip has, and of the clip, those that are compared. */
    private static final int EVERY = 5;

    private static final int COMPARED = 7;

    @TempDir
    private static Path folder;

    private static byte[] clip;
    private static List<byte[]> marked;
    private static List<byte[]> original;

    @AutoClose
    private final Sandbox sandbox =
            Sandbox.builder().taskDuration(Duration.ofMillis(100)).start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @BeforeAll
    static void readClips() throws IOException {
        clip = shortened("/samples/video/rocket-pan.mp4");
        marked = frames(clip);
        original = frames(shortened("/samples/video/original/rocket-pan.mp4"));
    }

    /** The same pan in a fifth of the time, as each frame takes its time. */
    private static byte[] shortened(String sample) throws IOException {
        Path file = folder.resolve("clip.mp4");
        try (FFmpegFrameGrabber grabber = new FFmpegFrameGrabber(new ByteArrayInputStream(resource(sample)))) {
            grabber.start();
            try (FFmpegFrameRecorder recorder =
                    new FFmpegFrameRecorder(file.toFile(), grabber.getImageWidth(), grabber.getImageHeight())) {
                recorder.setFormat("mp4");
                recorder.setVideoCodecName("mpeg4");
                recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
                recorder.setVideoBitrate(8_000_000);
                recorder.start();
                Frame frame = grabber.grabImage();
                for (int number = 0; frame != null; number++) {
                    if (number % EVERY == 0) {
                        recorder.record(frame);
                    }
                    frame = grabber.grabImage();
                }
            }
        }
        return Files.readAllBytes(file);
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

        Exchange exchange = context.send(clip);

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
                if (number % COMPARED == 0) {
                    frames.add(encoded(converter.convert(frame), "png"));
                }
                frame = grabber.grabImage();
            }
        }
        return frames;
    }
}
