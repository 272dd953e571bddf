package io.github.cameldewatermark.image.refine;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.container.WithSegments;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.JpegHeader;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.image.mask.BrushMask;
import io.github.cameldewatermark.image.pixel.ImageConverter;
import io.github.cameldewatermark.image.pixel.ImageReaders;
import io.github.cameldewatermark.image.pixel.JpegWriter;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Applies the refinement of a smaller copy of a picture to the full-size picture. A JPEG is written with its original
 * quantization tables and sampling, so that untouched pixels come out nearly unchanged, which is not so with any other tables,
 * however good. It keeps its colour profile; other metadata aren't carried over here.
 */
public final class RefinedPicture {

    private static final int JPEG_COLOURS = 3;

    private final Content full;
    private final PictureInfo info;
    private final Brush brush;

    /**
     * @param full  the full-size picture
     * @param info  the result of {@link ImageInspector#inspect} for it
     * @param brush what was to be erased: only these parts of the picture are replaced
     */
    public RefinedPicture(Content full, PictureInfo info, Brush brush) {
        this.full = full;
        this.info = info;
        this.brush = brush;
    }

    public Content full() {
        return full;
    }

    /** Returns an estimate of the heap in bytes that {@link #write} needs at most. */
    public long memory() {
        long pixels = (long) info.width() * info.height();
        long decoding = isKept()
                ? pixels * JPEG_COLOURS + 2 * full.length()
                : new ImageConverter(full, info, info.largestSide()).memory();
        long refined = (long) ImageInspector.MAX_REFINED_SIDE * ImageInspector.MAX_REFINED_SIDE * Integer.BYTES;
        return decoding + brush.memory(info.width(), info.height()) + pixels / 2 + refined;
    }

    /**
     * Writes the full-size picture with the refined parts.
     *
     * @param  refined     the platform's result for the smaller copy
     * @param  out         receives the result, an upright JPEG in the size of the full picture; is not closed
     * @throws IOException if that fails; some bytes may have been written by then
     */
    public void write(Content refined, OutputStream out) throws IOException {
        try {
            if (isKept()) {
                writeWithItsTables(refined, out);
            } else {
                BufferedImage picture = new ImageConverter(full, info, info.largestSide()).decode();
                patch(picture, null, refined);
                JpegWriter.write(picture, out);
            }
        } catch (RuntimeException e) { // decoders throw all kinds of exceptions for broken pictures
            throw new IOException(e);
        }
    }

    /** Whether the picture need not be converted, because it is an upright JPEG already. */
    private boolean isKept() {
        return info.isJpegForApi() && info.orientation() == Orientation.UPRIGHT;
    }

    private void writeWithItsTables(Content refined, OutputStream out) throws IOException {
        ColorSpace colours = ImageConverter.profile(full, info);
        ImageReader reader = ImageReaders.of(full, info);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        BareJpeg jpeg;
        try (InputStream original = new BufferedInputStream(full.open())) {
            jpeg = new BareJpeg(original);
            try (ImageInputStream in = new MemoryCacheImageInputStream(jpeg.stream())) {
                reader.setInput(in, false, false);
                BufferedImage picture = reader.read(0);
                patch(picture, colours, refined);
                JpegWriter.write(picture, reader.getImageMetadata(0), bytes);
            }
        } finally {
            reader.dispose();
        }
        Content written = Content.of("the refined picture", bytes.toByteArray());
        int position = JpegHeader.read(written.open()).afterStart();
        new WithSegments(written, position, jpeg.profileSegments()).open().transferTo(out);
    }

    /** @param colours the colour space of the picture; {@code null} for sRGB */
    private void patch(BufferedImage picture, ColorSpace colours, Content refined) throws IOException {
        BufferedImage small = read(refined);
        if (!BrushMask.sameShape(small.getWidth(), small.getHeight(), picture.getWidth(), picture.getHeight())) {
            throw new IOException("it has " + small.getWidth() + " x " + small.getHeight()
                    + " px, which is a different shape from " + picture.getWidth() + " x " + picture.getHeight()
                    + " px");
        }
        BrushMask mask = brush.mask(full.name(), picture.getWidth(), picture.getHeight());
        new PatchedPicture(picture, colours, small, mask).patch();
    }

    private static BufferedImage read(Content refined) throws IOException {
        PictureInfo info = ImageInspector.inspect(refined);
        if (info.largestSide() > ImageInspector.MAX_REFINED_SIDE) { // memory() doesn't allow for a larger one
            throw new IOException(
                    "it has " + info.width() + " x " + info.height() + " px, which is more than was sent");
        }
        return ImageReaders.read(refined, info, reader -> reader.read(0));
    }
}
