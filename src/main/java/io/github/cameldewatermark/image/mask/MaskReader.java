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

/** Reads what a picture marks as a mask: whatever is rather white than black. */
final class MaskReader {

    /** Of a mask with more pixels not all are read, so that it takes no more memory than the largest picture that is sent. */
    private static final long MOST_PIXELS = (long) ImageInspector.MAX_SIDE * ImageInspector.MAX_SIDE;

    private MaskReader() {}

    /**
     * @param opaque whether no pixel is transparent
     */
    record Marks(BrushMask mask, boolean opaque) {}

    /**
     * What a picture marks, in its own size or, if that is huge, in a smaller one of the same shape.
     *
     * @param info what {@link ImageInspector#inspect} says of it
     * @throws DewatermarkInputException it can't be decoded
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
        } catch (IOException | RuntimeException e) { // decoders throw whatever there is at broken pictures
            throw Refusal.of(
                    mask, "can't be decoded (" + e.getMessage() + "); a mask is a picture, white where to erase", e);
        } catch (OutOfMemoryError e) { // a header that lies may make a decoder take any amount
            throw Refusal.of(mask, "needs more heap to be decoded than there is; make it smaller", e);
        }
    }

    /** How many bytes of heap that takes at most, estimated. */
    static long memory(Content mask, PictureInfo info) {
        long step = step(info);
        long pixels = (long) info.width() * info.height() / (step * step);
        long cache = mask instanceof Content.FileContent ? 0 : mask.length();
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
