package io.github.cameldewatermark.image.container;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The Exif data of a picture, of which only the values can be changed that would be wrong for the cleaned picture (Exif 2.32,
 * TIFF 6.0). Everything else, including maker notes, stays byte for byte. What can't be read stays as it is.
 */
public final class Exif {

    private static final int WIDTH = 0x0100;
    private static final int HEIGHT = 0x0101;
    private static final int ORIENTATION = 0x0112;
    private static final int THUMBNAIL_OFFSET = 0x0201;
    private static final int THUMBNAIL_LENGTH = 0x0202;
    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int PIXEL_WIDTH = 0xA002;
    private static final int PIXEL_HEIGHT = 0xA003;

    private final byte[] tiff;
    private final TiffDirectory main;

    private Exif(byte[] tiff) throws IOException {
        this.tiff = tiff.clone();
        this.main = TiffDirectory.first(Content.of("the Exif data", this.tiff));
    }

    /**
     * Returns a copy of Exif data, {@code null} if they have no main directory, without which they are useless.
     *
     * @param tiff the TIFF structure, without the "Exif" that precedes it in a JPEG; may be {@code null}
     */
    public static Exif of(byte[] tiff) {
        try {
            Exif exif = tiff == null ? null : new Exif(tiff);
            return exif == null || exif.main.tags().isEmpty() ? null : exif;
        } catch (IOException e) {
            return null;
        }
    }

    /** Returns the orientation that Exif data say; upright if they don't say it, or are {@code null}. */
    public static Orientation orientation(byte[] tiff) {
        Exif exif = of(tiff);
        return exif == null ? Orientation.UPRIGHT : Orientation.of((int) exif.main.number(ORIENTATION, 1));
    }

    /** Returns the TIFF structure, which is not copied. */
    public byte[] bytes() {
        return tiff;
    }

    public void setOrientation(Orientation orientation) {
        main.set(ORIENTATION, orientation.tag(), tiff);
    }

    /** Sets the size in pixels of the picture that the data belong to now. */
    public void setSize(int width, int height) {
        main.set(WIDTH, width, tiff);
        main.set(HEIGHT, height, tiff);
        try {
            TiffDirectory exif = main.directory(EXIF_DIRECTORY);
            exif.set(PIXEL_WIDTH, width, tiff);
            exif.set(PIXEL_HEIGHT, height, tiff);
        } catch (IOException e) {
            // stays as it is
        }
    }

    /** Removes the thumbnail, which still shows the watermark. */
    public void removeThumbnail() {
        try {
            eraseThumbnail(main.next());
        } catch (IOException e) {
            // stays as it is
        }
        if (main.end() + 4 <= tiff.length) {
            ByteBuffer.wrap(tiff).putInt((int) main.end(), 0); // there is no second directory
        }
    }

    private void eraseThumbnail(TiffDirectory second) {
        long from = second == null ? 0 : second.number(THUMBNAIL_OFFSET, 0);
        long end = second == null ? 0 : from + second.number(THUMBNAIL_LENGTH, 0);
        // it must begin as a JPEG, so that a wrong offset doesn't erase other data
        if (end >= from + 2
                && end <= tiff.length
                && tiff[(int) from] == (byte) 0xFF
                && tiff[(int) from + 1] == (byte) 0xD8) {
            Arrays.fill(tiff, (int) from, (int) end, (byte) 0);
        }
    }
}
