package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.Orientation;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.pixel.JpegWriter;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What has been erased so far, as the platform says it: it has to go along when a picture is scaled or turned. */
public final class BaseMask {

    private final Content content;
    private final PictureInfo info;

    /**
     * @throws DewatermarkInputException it is no picture
     */
    public BaseMask(Content content) {
        this.content = content;
        this.info = ImageInspector.inspect(content);
    }

    public int width() {
        return info.width();
    }

    public int height() {
        return info.height();
    }

    /** Whether it may be of a picture of this size, or of the same in another one. */
    public boolean fits(int width, int height) {
        return Shape.same(info.width(), info.height(), width, height);
    }

    public Content content() {
        return content;
    }

    /** How many bytes of heap {@link #fitting} takes at most, estimated. */
    public long memory(int width, int height) {
        return MaskReader.memory(content, info) + (long) width * height;
    }

    /**
     * It for a picture of this size, in its own format.
     *
     * @param turn what was done to the picture
     */
    public Content fitting(int width, int height, Orientation turn) {
        if (info.width() == width && info.height() == height && turn == Orientation.UPRIGHT) {
            return content;
        }
        BrushMask mask = MaskReader.read(content, info).mask().upright(turn).scaledTo(width, height);
        return info.format() == PictureFormat.JPEG ? jpeg(mask) : Brush.encode(mask);
    }

    private Content jpeg(BrushMask mask) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            JpegWriter.write(mask.toImage(), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // in memory
        }
        return Content.of(content.name(), bytes.toByteArray());
    }
}
