package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Dimension;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.DoubleConsumer;
import java.util.function.Function;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.javacv.Frame;

/**
 * The clip engine of the sandbox, on ffmpeg.
 * <p>
 * A watermark that stands still is looked for in the mean of up to {@value #SAMPLES} frames, and erased from each frame
 * like from a picture. The result is an MP4 with H.264 pictures (MPEG-4 part 2 where that isn't available) of the input's
 * size and rate; the sound is copied as it is. Without a watermark the input is passed on unchanged.
 * With a brush, all that is brushed is erased, and nothing is looked for elsewhere.
 * <p>
 * Reads MP4, MOV, MKV, WebM, AVI, MPEG, FLV and ASF. Memory doesn't grow with the length of the clip. Sound that MP4
 * can't hold is an error, subtitles are dropped. Safe for use by several threads.
 */
public final class FfmpegClipEngine implements ClipEngine {

    private static final int SAMPLES = 30;

    /** How far it is when the watermark has been looked for, and when all frames are encoded. */
    private static final double ANALYSED = .2;

    private static final double ENCODED = .95;

    private final ErasePlanner planner = new ErasePlanner();

    /** @throws LinkageError there is no ffmpeg for this platform, or it can't be loaded */
    public FfmpegClipEngine() {
        Ffmpeg.load();
    }

    @Override
    public CleanedClip clean(Path input, Path output, DoubleConsumer progress) throws IOException {
        return clean(input, output, progress, planner::planFor);
    }

    @Override
    public CleanedClip clean(Path input, BufferedImage brush, Path output, DoubleConsumer progress) throws IOException {
        Mask mask = Mask.of(brush);
        return clean(input, output, progress, mean -> Optional.of(planner.planFor(mean, mask)));
    }

    @Override
    public Dimension size(Path input) throws IOException {
        try (ClipReader reader = ClipReader.open(input)) {
            return new Dimension(reader.width(), reader.height());
        }
    }

    private static CleanedClip clean(
            Path input, Path output, DoubleConsumer progress, Function<Raster, Optional<ErasePlan>> planning)
            throws IOException {
        progress.accept(0);
        Analysis analysis = analyse(input, progress, planning);
        if (analysis.plan.isPresent()) {
            encode(input, output, analysis.plan.get(), progress);
        } else {
            UnchangedClipEngine.linkOrCopy(input, output);
        }
        progress.accept(1);
        return new CleanedClip(analysis.seconds, analysis.plan.isPresent());
    }

    private record Analysis(Optional<ErasePlan> plan, double seconds) {}

    private static Analysis analyse(Path input, DoubleConsumer progress, Function<Raster, Optional<ErasePlan>> planning)
            throws IOException {
        try (ClipReader reader = ClipReader.open(input)) {
            MeanPicture mean = new MeanPicture(reader.width(), reader.height());
            int total = reader.frames();
            int step = Math.max(1, total / SAMPLES);
            Rectangle all = new Rectangle(reader.width(), reader.height());
            Frame frame = reader.next(true);
            for (int number = 1; frame != null; number++) {
                if (frame.imageWidth > 0) {
                    mean.add(FramePixels.read(frame, all));
                }
                progress.accept(ANALYSED * Math.min(1, (double) number / total));
                frame = reader.next(number % step == 0);
            }
            return new Analysis(planning.apply(mean.mean()), reader.seconds());
        }
    }

    private static void encode(Path input, Path output, ErasePlan plan, DoubleConsumer progress) throws IOException {
        Path pictures = Files.createTempFile(output.toAbsolutePath().getParent(), "pictures", ".mp4");
        try {
            boolean hasSound = encodePictures(input, pictures, plan, progress);
            if (hasSound) {
                SoundCopy.join(pictures, input, output);
            } else {
                Files.move(pictures, output);
            }
        } catch (IOException | RuntimeException | Error e) {
            Files.deleteIfExists(output);
            throw e;
        } finally {
            Files.deleteIfExists(pictures);
        }
    }

    /** @return whether the input has sound */
    private static boolean encodePictures(Path input, Path output, ErasePlan plan, DoubleConsumer progress)
            throws IOException {
        FrameEraser eraser = new FrameEraser(plan);
        try (ClipReader reader = ClipReader.open(input);
                ClipWriter writer = ClipWriter.open(output, reader)) {
            int total = reader.frames();
            int number = 0;
            while (encodeNext(reader, writer, eraser)) {
                number++;
                progress.accept(ANALYSED + (ENCODED - ANALYSED) * Math.min(1, (double) number / total));
            }
            writer.finish();
            return reader.hasSound();
        }
    }

    /** Frees what native memory one frame took right after it; the garbage collector would be late. */
    @SuppressWarnings("try")
    private static boolean encodeNext(ClipReader reader, ClipWriter writer, FrameEraser eraser) throws IOException {
        try (PointerScope scope = new PointerScope()) {
            Frame frame = reader.next(true);
            if (frame != null) {
                eraser.erase(frame);
                writer.write(frame);
            }
            return frame != null;
        }
    }
}
