package io.github.cameldewatermark.clip;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegFrameRecorder;
import org.bytedeco.javacv.Frame;

/** Clips of grey frames, as ffmpeg writes them. */
public final class WrittenClips {

    static final int WIDTH = 176;
    static final int HEIGHT = 144;
    static final int RATE = 25;

    private WrittenClips() {}

    /**
     * Writes a clip.
     *
     * @param container a muxer of ffmpeg
     * @param codec     an encoder of ffmpeg
     */
    static Path write(Path folder, String container, String codec, int frames) throws IOException {
        return write(folder, container, codec, frames, Map.of());
    }

    /** @param options those of the muxer; {@code rotation} and {@code aspect} are how players are to show the frames */
    public static Path write(Path folder, String container, String codec, int frames, Map<String, String> options)
            throws IOException {
        Path file = Files.createTempFile(folder, "clip", "");
        try (FFmpegFrameRecorder recorder = new FFmpegFrameRecorder(file.toFile(), WIDTH, HEIGHT);
                Frame frame = new Frame(WIDTH, HEIGHT, Frame.DEPTH_UBYTE, 3)) {
            recorder.setFormat(container);
            recorder.setVideoCodecName(codec);
            recorder.setPixelFormat(avutil.AV_PIX_FMT_YUV420P);
            recorder.setFrameRate(RATE);
            if (container.equals("mp4")) {
                recorder.setOption("movflags", "faststart"); // the index first
            }
            options.forEach(recorder::setOption);
            recorder.setDisplayRotation(Double.parseDouble(options.getOrDefault("rotation", "0")));
            recorder.setAspectRatio(Double.parseDouble(options.getOrDefault("aspect", "0")));
            recorder.start();
            for (int i = 0; i < frames; i++) {
                recorder.record(frame);
            }
        }
        return file;
    }
}
