package io.github.cameldewatermark.sandbox.pixel;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.bytedeco.ffmpeg.global.avcodec;
import org.bytedeco.ffmpeg.global.avformat;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.ffmpeg.global.swresample;
import org.bytedeco.ffmpeg.global.swscale;
import org.bytedeco.javacpp.Loader;

/** What all uses of ffmpeg share: loading it, and turning its error codes into exceptions. */
final class Ffmpeg {

    private Ffmpeg() {}

    /**
     * Loads what decoding and encoding need, and keeps ffmpeg from printing what isn't an error. Leaves out its library
     * for cameras and screens, which needs sound and X libraries that servers don't have.
     *
     * @throws LinkageError there is no ffmpeg for this platform
     */
    static void load() {
        List.of(avutil.class, swresample.class, avcodec.class, avformat.class, swscale.class)
                .forEach(Loader::load);
        avutil.av_log_set_level(avutil.AV_LOG_ERROR);
    }

    /**
     * @param  result      what an ffmpeg function returned; negative: it failed
     * @param  what        what it was to do, for the message
     * @throws IOException it failed
     */
    static void check(int result, String what) throws IOException {
        if (result < 0) {
            byte[] text = new byte[avutil.AV_ERROR_MAX_STRING_SIZE];
            avutil.av_strerror(result, text, text.length);
            throw new IOException("Can't " + what + ": " + new String(text, StandardCharsets.UTF_8).trim());
        }
    }
}
