package io.github.cameldewatermark.image.pixel;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.header.PictureInfo.PixelLayout;
import io.github.cameldewatermark.image.header.Refusal;
import java.awt.Graphics2D;
import java.awt.Rectangle;
import java.awt.color.CMMException;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.util.function.Consumer;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Converts a picture to a JPEG that the API takes: upright, in sRGB, with white in place of transparency, and not larger than
 * allowed. The picture is decoded in strips, so that only the result must fit into the heap as a whole; and a GIF with its canvas, if
 * its frame is smaller.
 */
public final class ImageConverter {

    /** Heap for small objects, and for those that the garbage collector hasn't freed yet. */
    private static final long SPARE = 8 << 20;

    /** The size of a strip in bytes, unless an eighth of the heap is more. */
    private static final long STRIP = 16 << 20;

    /** Limits the number of strips, because in most formats each strip requires decoding all rows above it again. */
    private static final int MOST_STRIPS = 16;

    static final int WHITE = 0xFF;

    private final Content picture;
    private final PictureInfo info;
    private final int storedWidth;
    private final int storedHeight;
    private final int stripRows;

    /**
     * @param info    the result of {@link ImageInspector#inspect} for the picture
     * @param maxSide how many pixels the largest side of the result may have
     */
    public ImageConverter(Content picture, PictureInfo info, int maxSide) {
        this(picture, info, maxSide, Runtime.getRuntime().maxMemory());
    }

    ImageConverter(Content picture, PictureInfo info, int maxSide, long heap) {
        this.picture = picture;
        this.info = info;
        double scale = Math.min(1, (double) maxSide / info.largestSide());
        this.storedWidth = scaled(info.width(), scale);
        this.storedHeight = scaled(info.height(), scale);
        this.stripRows = stripRows(info, Math.max(STRIP, heap / 8));
    }

    /** Returns the width of the result in pixels. */
    public int width() {
        return info.orientation().swapsSides() ? storedHeight : storedWidth;
    }

    public int height() {
        return info.orientation().swapsSides() ? storedWidth : storedHeight;
    }

    /** Whether the result has the pixels where the picture has them: it is neither scaled nor turned. */
    public boolean keepsShape() {
        return storedWidth == info.width()
                && storedHeight == info.height()
                && info.orientation() == Orientation.UPRIGHT;
    }

    /** Returns an estimate of the heap in bytes that a conversion needs at most. */
    public long memory() {
        long result = 3L * storedWidth * storedHeight;
        long strip = (long) stripRows * info.width() * info.pixels().bytesPerPixel();
        long cache = picture.file() == null ? picture.length() : 0;
        cache += info.wellFormed() ? 0 : 2 * picture.length();
        return result + strip + info.pixels().blockBytes() + cache + SPARE;
    }

    /**
     * Converts the picture and writes the JPEG.
     *
     * @throws DewatermarkInputException if the picture can't be decoded
     * @throws IOException               if the result can't be written
     */
    public void writeTo(OutputStream out) throws IOException {
        JpegWriter.write(decode(), out);
    }

    /**
     * Returns the converted picture, as it would be written.
     *
     * @throws DewatermarkInputException if it can't be decoded
     */
    public BufferedImage decode() {
        ICC_ColorSpace profile = profile(picture, info);
        return ImageReaders.read(picture, info, reader -> {
            // the readers apply the profile of a colour JPEG and of a WebP themselves
            boolean applied = info.format() == PictureFormat.WEBP
                    || info.format() == PictureFormat.JPEG && info.components() != 1;
            UprightPicture upright = new UprightPicture(storedWidth, storedHeight, info.orientation());
            boolean scaled = storedWidth != info.width() || storedHeight != info.height();
            Consumer<byte[]> target =
                    scaled ? new AreaScaler(info.width(), info.height(), storedWidth, storedHeight, upright) : upright;
            RgbRows rows = new RgbRows(applied ? null : profile, WHITE, target);
            if (info.pixels().stored() == null) {
                readStrips(reader, rows);
            } else {
                rows.pass(onCanvas(reader.read(0)), info.height());
            }
            if (!rows.visible()) {
                throw Refusal.of(picture, "is transparent everywhere; save it without an alpha channel first");
            }
            return upright.image();
        });
    }

    /**
     * Returns the colour space that the profile of a picture defines, or {@code null} if the picture has no profile.
     *
     * @throws DewatermarkInputException if the profile is broken, because without it the colours would be wrong
     */
    public static ICC_ColorSpace profile(Content picture, PictureInfo info) {
        byte[] profile = ImageInspector.header(picture, info.format()).profile();
        if (profile == null) {
            return null;
        }
        try {
            ICC_ColorSpace colours = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
            colours.toRGB(new float[colours.getNumComponents()]); // some broken profiles fail only when they are used
            return colours;
        } catch (IllegalArgumentException | CMMException e) {
            throw Refusal.of(
                    picture,
                    "is " + info.format().description()
                            + " with a broken colour profile (ICC); save it again, as sRGB or without a profile",
                    e);
        }
    }

    private void readStrips(ImageReader reader, RgbRows rows) throws IOException {
        ImageReadParam how = reader.getDefaultReadParam();
        for (int y = 0; y < info.height(); y += stripRows) {
            int count = Math.min(stripRows, info.height() - y);
            if (stripRows < info.height()) {
                how.setSourceRegion(new Rectangle(0, y, info.width(), count));
            }
            BufferedImage strip = reader.read(0, how);
            rows.pass(strip, count);
            how.setDestination(strip); // the next strip reuses the memory
        }
    }

    private BufferedImage onCanvas(BufferedImage frame) {
        BufferedImage canvas = new BufferedImage(info.width(), info.height(), BufferedImage.TYPE_INT_ARGB);
        Graphics2D g = canvas.createGraphics();
        g.drawImage(frame, info.stored().x, info.stored().y, null);
        g.dispose();
        return canvas;
    }

    static int scaled(int side, double scale) {
        return Math.max(1, (int) Math.round(side * scale));
    }

    private static int stripRows(PictureInfo info, long most) {
        PixelLayout pixels = info.pixels();
        long rowBytes = (long) info.width() * pixels.bytesPerPixel();
        long rows = Math.max(1, most / rowBytes);
        if (pixels.rowsInOrder()) {
            rows = Math.max(rows, (info.height() + MOST_STRIPS - 1) / MOST_STRIPS);
        }
        long blocks = Math.max(1, rows / pixels.blockRows());
        return (int) Math.min(info.height(), blocks * pixels.blockRows());
    }
}
