package io.github.cameldewatermark.sandbox.pixel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FfmpegClipEngineTest {

    @TempDir
    private static Path shared;

    @TempDir
    private Path folder;

    private static Path cleanedSample;
    private static ClipEngine.CleanedClip result;
    private static final List<Double> PROGRESS = new ArrayList<>();

    private final ClipEngine engine = new FfmpegClipEngine();
    private Path output;

    @BeforeAll
    static void cleanTheSample() throws IOException {
        cleanedSample = shared.resolve("cleaned.mp4");
        result = new FfmpegClipEngine().clean(Samples.clip(), cleanedSample, PROGRESS::add);
    }

    @BeforeEach
    void nameTheOutput() {
        output = folder.resolve("output.mp4");
    }

    @Test
    void theMarkIsRemovedFromEveryFrame() throws IOException {
        Mask mark = Mask.of(Samples.clipBrush());
        Rectangle around = around(mark);
        Mask cropped = mark.crop(around);
        try (ClipReader input = ClipReader.open(Samples.clip());
                ClipReader original = ClipReader.open(Samples.originalClip());
                ClipReader cleaned = ClipReader.open(cleanedSample)) {
            int frames = 0;
            for (Frame frame = cleaned.next(true); frame != null; frame = cleaned.next(true)) {
                Raster expected = FramePixels.read(original.next(true), around);
                double before = Psnr.between(FramePixels.read(input.next(true), around), expected, cropped);
                assertThat(Psnr.between(FramePixels.read(frame, around), expected, cropped))
                        .isGreaterThan(before + 8);
                frames++;
            }
            assertThat(frames).isEqualTo(150);
            assertThat(input.next(true)).isNull();
        }
    }

    @Test
    void whatIsBesideTheMarkLosesLittle() throws IOException {
        Mask beside = Mask.of(Samples.clipBrush()).not();
        try (ClipReader original = ClipReader.open(Samples.originalClip());
                ClipReader cleaned = ClipReader.open(cleanedSample)) {
            for (int i = 0; i < 20; i++) {
                assertThat(Psnr.between(pixels(cleaned.next(true)), pixels(original.next(true)), beside))
                        .isGreaterThan(36);
            }
        }
    }

    @Test
    void theSoundIsCopiedBitForBit() throws IOException {
        List<SoundPacket> expected = SoundPacket.allOf(Samples.clip());

        assertThat(expected).hasSizeGreaterThan(100);
        assertThat(SoundPacket.allOf(cleanedSample)).isEqualTo(expected);
    }

    @Test
    void theResultSaysHowLongTheClipIsAndThatItHadAWatermark() throws IOException {
        assertThat(result.seconds()).isCloseTo(6, within(.05));
        assertThat(result.hasWatermark()).isTrue();
        try (ClipReader cleaned = ClipReader.open(cleanedSample)) {
            assertThat(cleaned.seconds()).isCloseTo(6, within(.05));
            assertThat(cleaned.width()).isEqualTo(854);
            assertThat(cleaned.height()).isEqualTo(480);
        }
    }

    @Test
    void progressGoesFromZeroToOneAndNeverBack() {
        assertThat(PROGRESS).isSorted().startsWith(0.0).endsWith(1.0).hasSizeGreaterThan(100);
    }

    @Test
    void noOtherFileIsLeftBehind() throws IOException {
        try (Stream<Path> files = Files.list(shared)) {
            assertThat(files).containsExactly(cleanedSample);
        }
    }

    @Test
    void aClipWithoutWatermarkIsPassedOnUnchanged() throws IOException {
        ClipEngine.CleanedClip cleaned = engine.clean(Samples.originalClip(), output, progress -> {});

        assertThat(cleaned.hasWatermark()).isFalse();
        assertThat(cleaned.seconds()).isCloseTo(6, within(.05));
        assertThat(output).hasSameBinaryContentAs(Samples.originalClip());
    }

    @Test
    void whatIsBrushedIsErasedFromEveryFrameAndNothingElse() throws IOException {
        Mask mark = Mask.of(Samples.clipBrush());
        Mask left = Mask.none(854, 480);
        for (int row = 0; row < 480; row++) {
            Arrays.fill(left.bits(), row * 854, row * 854 + 736, true);
        }
        Rectangle around = around(mark);
        Mask brushed = mark.and(left).crop(around);
        Mask rest = mark.minus(left).crop(around);

        ClipEngine.CleanedClip cleaned =
                engine.clean(Samples.clip(), mark.and(left).toImage(), output, progress -> {});

        assertThat(cleaned.hasWatermark()).isTrue();
        assertThat(engine.size(output)).isEqualTo(new Dimension(854, 480));
        try (ClipReader input = ClipReader.open(Samples.clip());
                ClipReader original = ClipReader.open(Samples.originalClip());
                ClipReader result = ClipReader.open(output)) {
            for (int i = 0; i < 150; i++) {
                Raster before = FramePixels.read(input.next(true), around);
                Raster expected = FramePixels.read(original.next(true), around);
                Raster after = FramePixels.read(result.next(true), around);
                assertThat(Psnr.between(after, expected, brushed))
                        .isGreaterThan(Psnr.between(before, expected, brushed) + 5);
                assertThat(Psnr.between(after, expected, rest)).isLessThan(Psnr.between(before, expected, rest) + 1);
            }
        }
    }

    @Test
    void aTurnedClipWithoutSoundStaysTurnedAndWithoutSound() throws IOException {
        Path input = folder.resolve("turned.mp4");
        record(input, Samples.clip(), 10, 90);

        ClipEngine.CleanedClip cleaned = engine.clean(input, output, progress -> {});

        assertThat(cleaned.hasWatermark()).isTrue();
        assertThat(SoundPacket.allOf(output)).isEmpty();
        try (ClipReader before = ClipReader.open(input);
                ClipReader after = ClipReader.open(output)) {
            assertThat(before.rotation()).isEqualTo(90);
            assertThat(after.rotation()).isEqualTo(90);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"text.mp4", "text.txt", "list.m3u8"})
    void aFileThatIsNotAClipIsRefused(String name) throws IOException {
        Path input = Files.writeString(folder.resolve(name), "#EXTM3U\n#EXTINF:6,\n" + Samples.clip() + "\n");

        assertRefused(input);
    }

    @Test
    void aPictureIsNotAClip() throws IOException {
        Path input = folder.resolve("picture.png");
        ImageIO.write(Samples.clipBrush(), "png", input.toFile());

        assertRefused(input);
    }

    @Test
    void aClipThatWasCutOffIsRefused() throws IOException {
        byte[] bytes = Files.readAllBytes(Samples.clip());
        Path input = Files.write(folder.resolve("cut.mp4"), Arrays.copyOf(bytes, 20_000));

        assertRefused(input);
    }

    @Test
    void whenItIsStoppedNoFileIsLeftBehind() throws IOException {
        IllegalStateException stop = new IllegalStateException("stopped");

        assertThatThrownBy(() -> engine.clean(Samples.clip(), output, progress -> {
                    if (progress > .1) {
                        throw stop;
                    }
                }))
                .isSameAs(stop);

        assertThat(folder).isEmptyDirectory();
    }

    /** An open file would mean that the native memory around it isn't freed either. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void noFileStaysOpenWhateverHappens() throws IOException {
        Path turned = folder.resolve("turned.mp4");
        record(turned, Samples.clip(), 10, 90);
        Path text = Files.writeString(folder.resolve("text.mp4"), "text");
        Path input = folder.resolve("input.mp4");
        SoundCopy.join(turned, Samples.clip(), input);

        engine.clean(turned, output, progress -> {});
        engine.clean(input, folder.resolve("output2.mp4"), progress -> {});
        assertRefused(text, folder.resolve("output3.mp4"));
        assertThatThrownBy(() -> engine.clean(input, folder.resolve("output4.mp4"), progress -> {
                    if (progress > .1) {
                        throw new IllegalStateException("stopped");
                    }
                }))
                .hasMessage("stopped");

        assertThat(openFilesIn(folder)).isEmpty();
        try (ClipReader reader = ClipReader.open(input)) {
            assertThat(reader.seconds()).isPositive();
            assertThat(openFilesIn(folder)).containsExactly(input.toRealPath());
        }
    }

    @Test
    void itIsChosenWhereFfmpegCanBeLoaded() {
        assertThat(ClipEngines.forThisPlatform(1)).isInstanceOf(FfmpegClipEngine.class);
    }

    private static List<Path> openFilesIn(Path folder) throws IOException {
        List<Path> open = new ArrayList<>();
        try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
            for (Path descriptor : descriptors) {
                // doesn't fail for what is not a file, unlike toRealPath
                Path file = Path.of(descriptor.toFile().getCanonicalPath());
                if (file.startsWith(folder.toRealPath())) {
                    open.add(file);
                }
            }
        }
        return open;
    }

    private void assertRefused(Path input) {
        assertRefused(input, output);
    }

    private void assertRefused(Path input, Path output) {
        assertThatThrownBy(() -> engine.clean(input, output, progress -> {}))
                .isInstanceOf(IOException.class)
                .hasMessageStartingWith("Not a clip: " + input.getFileName());
        assertThat(output).doesNotExist();
    }

    /** A box with all that is marked, so that not all of each frame has to be read. */
    private static Rectangle around(Mask mark) {
        return Boxes.around(mark, 0).stream().reduce(Rectangle::union).orElseThrow();
    }

    private static Raster pixels(Frame frame) {
        return FramePixels.read(frame, new Rectangle(frame.imageWidth, frame.imageHeight));
    }

    /** Encodes every 15th frame of a clip, without its sound. */
    private static void record(Path file, Path from, int frames, double rotation) throws IOException {
        try (ClipReader reader = ClipReader.open(from);
                FFmpegFrameRecorder recorder =
                        new FFmpegFrameRecorder(file.toFile(), reader.width(), reader.height())) {
            recorder.setFormat("mp4");
            recorder.setVideoCodecName("mpeg4");
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
            recorder.setVideoBitrate(4_000_000);
            recorder.setDisplayRotation(rotation);
            recorder.start();
            for (int i = 0; i < 15 * frames; i++) {
                Frame frame = reader.next(i % 15 == 0);
                if (i % 15 == 0) {
                    recorder.record(frame);
                }
            }
        }
    }
}
