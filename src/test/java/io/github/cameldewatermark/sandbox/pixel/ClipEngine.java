package io.github.cameldewatermark.sandbox.pixel;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/** Removes a static watermark from a clip. */
public interface ClipEngine {

    /**
     * @param  input       the clip
     * @param  output      where to write the cleaned clip; doesn't exist yet
     * @param  progress    told how far it is, 0 to 1
     * @return             what was done
     * @throws IOException the input isn't a clip, or can't be read or written
     */
    CleanedClip clean(Path input, Path output, DoubleConsumer progress) throws IOException;

    /**
     * @param seconds      how long the clip is
     * @param hasWatermark whether a watermark was found (and removed)
     */
    record CleanedClip(double seconds, boolean hasWatermark) {}
}
