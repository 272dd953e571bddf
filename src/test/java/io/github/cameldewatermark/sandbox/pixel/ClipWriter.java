package io.github.cameldewatermark.sandbox.pixel;

import java.io.IOException;
import java.nio.file.Path;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Encodes pictures to an MP4 without sound: H.264 where it is available, else MPEG-4 part 2. */
final class ClipWriter implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ClipWriter.class);

    private static final String H264 = "libopenh264";
    private static final String MPEG4 = "mpeg4";

    /** The input's losses are encoded once more, by a simpler encoder: the same bitrate would look worse. */
    private static final double BITRATE_RATIO = 1.5;
    /** Bits per pixel below which the encoder's blocks show, whatever the input had. */
    private static final double LEAST_BITS_PER_PIXEL = .08;

    private final FFmpegFrameRecorder recorder;
    private final double framesPerSecond;
    private int lastFrame = -1;

    private ClipWriter(FFmpegFrameRecorder recorder, double framesPerSecond) {
        this.recorder = recorder;
        this.framesPerSecond = framesPerSecond;
    }

    /** @param like whose size, rate and orientation to take over */
    static ClipWriter open(Path file, ClipReader like) throws IOException {
        try {
            return open(file, like, H264);
        } catch (FFmpegFrameRecorder.Exception e) {
            LOG.debug("No H.264 encoder for this clip, falling back to MPEG-4", e);
            return open(file, like, MPEG4);
        }
    }

    private static ClipWriter open(Path file, ClipReader like, String encoder) throws FFmpegFrameRecorder.Exception {
        // encoders want even sizes, as they halve the colours' resolution
        FFmpegFrameRecorder recorder =
                new FFmpegFrameRecorder(file.toFile(), even(like.width()), even(like.height()), 0);
        recorder.setFormat("mp4");
        recorder.setVideoCodecName(encoder);
        recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
        recorder.setFrameRate(like.framesPerSecond());
        recorder.setVideoBitrate(bitrate(like));
        recorder.setAspectRatio(like.pixelAspect());
        if (like.rotation() != 0) {
            recorder.setDisplayRotation(like.rotation());
        }
        try {
            recorder.start();
        } catch (FFmpegFrameRecorder.Exception e) {
            recorder.release();
            throw e;
        }
        return new ClipWriter(recorder, like.framesPerSecond());
    }

    private static int even(int size) {
        return size + size % 2;
    }

    private static int bitrate(ClipReader like) {
        double least = LEAST_BITS_PER_PIXEL * like.width() * like.height() * like.framesPerSecond();
        return (int) Math.min(Integer.MAX_VALUE, Math.max(least, BITRATE_RATIO * like.bitrate()));
    }

    void write(Frame frame) throws IOException {
        // a frame can't have the same number as the one before, even where the input's rate varies
        long number = Math.round(frame.timestamp * framesPerSecond / 1e6);
        lastFrame = (int) Math.max(lastFrame + 1L, number);
        recorder.setFrameNumber(lastFrame);
        recorder.record(frame);
    }

    /** Writes what the encoder still holds back; without it the file can't be played. */
    void finish() throws IOException {
        recorder.stop();
    }

    @Override
    public void close() throws IOException {
        recorder.release();
    }
}
