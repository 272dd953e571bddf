package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Dimension;
import java.awt.image.BufferedImage;
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
     * Erases all that is brushed from every frame, and changes nothing else. Unless an engine can do so, a brush is ignored.
     *
     * @param brush what to erase (white = erase), of the size of the clip
     */
    default CleanedClip clean(Path input, BufferedImage brush, Path output, DoubleConsumer progress)
            throws IOException {
        return clean(input, output, progress);
    }

    /**
     * @return             the width and height of the frames in pixels, as they are stored; {@code null} if this engine doesn't look
     *                     into clips
     * @throws IOException the input isn't a clip, or can't be read
     */
    default Dimension size(Path input) throws IOException {
        return null;
    }

    /**
     * @param seconds      how long the clip is
     * @param hasWatermark whether a watermark was found (and removed)
     */
    record CleanedClip(double seconds, boolean hasWatermark) {}
}
