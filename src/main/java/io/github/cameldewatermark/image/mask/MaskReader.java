package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.MalformedPictureException;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.header.Refusal;
import io.github.cameldewatermark.image.header.RefusedPictureException;
import io.github.cameldewatermark.image.pixel.ImageReaders;
import io.github.cameldewatermark.image.pixel.PictureInput;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.BitSet;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Reads a picture as a mask, which marks all pixels that are closer to white than to black. */
final class MaskReader {

    /** A mask with more pixels is subsampled, so that it needs no more memory than the largest picture that can be sent. */
    private static final long MOST_PIXELS = (long) ImageInspector.MAX_SIDE * ImageInspector.MAX_SIDE;

    private MaskReader() {}

    /**
     * What a picture marks.
     *
     * @param opaque whether no pixel is transparent
     */
    record Marks(BrushMask mask, boolean opaque) {}

    /**
     * Reads what a picture marks, in its own size or, if that is huge, in a smaller size of the same shape.
     *
     * @param info the result of {@link ImageInspector#inspect} for the picture
     * @throws DewatermarkInputException if the picture can't be decoded
     */
    static Marks read(Content mask, PictureInfo info) {
        try {
            ImageReader reader = ImageReaders.of(info);
            try (ImageInputStream in = PictureInput.open(mask)) {
                reader.setInput(in, false, true);
                if (reader.getWidth(0) != info.width() || reader.getHeight(0) != info.height()) {
                    throw new MalformedPictureException("its size is not that of its header");
                }
                ImageReadParam how = reader.getDefaultReadParam();
                int step = step(info);
                how.setSourceSubsampling(step, step, 0, 0);
                return marks(reader.read(0, how));
            } finally {
                reader.dispose();
            }
        } catch (RefusedPictureException e) {
            throw Refusal.of(mask, e.getMessage(), e);
        } catch (IOException | RuntimeException e) { // decoders throw all kinds of exceptions for broken pictures
            throw Refusal.of(
                    mask, "can't be decoded (" + e.getMessage() + "); a mask is a picture, white where to erase", e);
        } catch (OutOfMemoryError e) { // a wrong header may make a decoder allocate any amount
            throw Refusal.of(mask, "needs more heap to be decoded than there is; make it smaller", e);
        }
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

    private static Marks marks(BufferedImage picture) {
        Levels levels = new Levels(picture);
        BitSet[] rows = new BitSet[picture.getHeight()];
        for (int y = 0; y < rows.length; y++) {
            rows[y] = levels.bright(y);
        }
        return new Marks(new BrushMask(picture.getWidth(), rows), levels.opaque());
    }
}
