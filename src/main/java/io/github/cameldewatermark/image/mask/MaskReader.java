package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.header.Refusal;
import io.github.cameldewatermark.image.pixel.ImageReaders;
import io.github.cameldewatermark.image.pixel.RgbRows;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import javax.imageio.ImageReadParam;

/** Reads a picture as a mask, which marks all pixels that are closer to white than to black; transparent pixels are black. */
final class MaskReader {

    /** A mask with more pixels is subsampled, so that it needs no more memory than the largest picture that can be sent. */
    private static final long MOST_PIXELS = (long) ImageInspector.MAX_SIDE * ImageInspector.MAX_SIDE;

    private static final int THRESHOLD = 128;
    private static final int BLACK = 0;

    private MaskReader() {}

    /** What a picture marks, and whether no pixel is transparent. */
    record Marks(BrushMask mask, boolean opaque) {}

    /**
     * Reads what a picture marks, in its own size or, if that is huge, in a smaller size of the same shape.
     *
     * @param info the result of {@link ImageInspector#inspect} for the picture
     * @throws DewatermarkInputException if the picture can't be decoded
     */
    static Marks read(Content mask, PictureInfo info) {
        if (info.pixels().stored() != null) {
            throw Refusal.of(mask, "is a GIF whose frame is smaller than its canvas; save it as PNG first");
        }
        int step = step(info);
        return ImageReaders.read(mask, info, reader -> {
            ImageReadParam how = reader.getDefaultReadParam();
            how.setSourceSubsampling(step, step, 0, 0);
            BufferedImage picture = reader.read(0, how);
            List<BitSet> rows = new ArrayList<>();
            RgbRows pixels = new RgbRows(null, BLACK, rgb -> rows.add(bright(rgb)));
            pixels.pass(picture, picture.getHeight());
            return new Marks(new BrushMask(picture.getWidth(), rows.toArray(BitSet[]::new)), pixels.opaque());
        });
    }

    /** Returns an estimate of the heap in bytes that {@link #read} needs at most. */
    static long memory(Content mask, PictureInfo info) {
        long step = step(info);
        long pixels = (long) info.width() * info.height() / (step * step);
        long cache = mask.file() == null ? mask.length() : 0;
        return pixels * info.pixels().bytesPerPixel()
                + pixels / Byte.SIZE
                + info.pixels().blockBytes()
                + cache;
    }

    private static int step(PictureInfo info) {
        return (int) Math.ceil(Math.sqrt((double) info.width() * info.height() / MOST_PIXELS));
    }

    private static BitSet bright(byte[] rgb) {
        BitSet bright = new BitSet();
        for (int i = 0; i < rgb.length; i += 3) {
            int luminance = (299 * (rgb[i] & 0xFF) + 587 * (rgb[i + 1] & 0xFF) + 114 * (rgb[i + 2] & 0xFF)) / 1000;
            if (luminance >= THRESHOLD) {
                bright.set(i / 3);
            }
        }
        return bright;
    }
}
