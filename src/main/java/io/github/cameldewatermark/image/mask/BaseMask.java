package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import java.awt.Dimension;

/**
 * The platform's mask of what has been erased so far. If a picture is scaled or turned, its mask must be, too. Otherwise the mask
 * is the platform's own, in whatever form, and is sent back as it came.
 */
public final class BaseMask {

    private final Content content;
    private PictureInfo info;

    /** Why the mask can't be read; {@code null} if it can. */
    private DewatermarkInputException problem;

    public BaseMask(Content content) {
        this.content = content;
        try {
            info = ImageInspector.inspect(content);
        } catch (DewatermarkInputException e) {
            problem = e;
        }
    }

    /** Whether this is a picture that can be read, so that its size is known and it can be scaled. */
    public boolean isReadable() {
        return problem == null;
    }

    public Dimension size() {
        return new Dimension(info.width(), info.height());
    }

    /** Whether this may be the mask of a picture of this size or of a scaled copy of it. */
    public boolean fits(int width, int height) {
        return BrushMask.sameShape(info.width(), info.height(), width, height);
    }

    /** Returns an estimate of the heap in bytes that {@link #fitting} needs at most. */
    public long memory(int width, int height) {
        return isReadable() ? MaskReader.memory(content, info) + (long) width * height : 0;
    }

    /**
     * Returns this mask for a picture of the given size: as JPEG if it is a JPEG, otherwise as PNG, or as it is if it fits.
     *
     * @param  turn                      the orientation that was applied to the picture
     * @throws DewatermarkInputException if the mask can't be read
     */
    public Content fitting(int width, int height, Orientation turn) {
        if (!isReadable()) {
            throw problem;
        }
        if (info.width() == width && info.height() == height && turn == Orientation.UPRIGHT) {
            return content;
        }
        return MaskReader.read(content, info)
                .mask()
                .upright(turn)
                .scaledTo(width, height)
                .encoded(info.format());
    }
}
