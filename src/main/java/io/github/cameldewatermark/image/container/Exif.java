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

    /**
     * @param tiff the TIFF structure, without the "Exif" that precedes it in a JPEG; is copied
     */
    public Exif(byte[] tiff) {
        this.tiff = tiff.clone();
    }

    /** Returns the orientation that Exif data say; upright if they don't say it, or are {@code null}. */
    public static Orientation orientation(byte[] tiff) {
        try {
            return tiff == null
                    ? Orientation.UPRIGHT
                    : Orientation.of((int) new Exif(tiff).main().number(ORIENTATION, 1));
        } catch (IOException e) {
            return Orientation.UPRIGHT;
        }
    }

    /** Whether there is a main directory, without which the data are useless. */
    public boolean isReadable() {
        try {
            return !main().tags().isEmpty();
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the TIFF structure, which is not copied. */
    public byte[] bytes() {
        return tiff;
    }

    public void setOrientation(Orientation orientation) {
        change(main -> main.set(ORIENTATION, orientation.tag(), tiff));
    }

    /** Sets the size in pixels of the picture that the data belong to now. */
    public void setSize(int width, int height) {
        change(main -> {
            main.set(WIDTH, width, tiff);
            main.set(HEIGHT, height, tiff);
            TiffDirectory exif = main.directory(EXIF_DIRECTORY);
            exif.set(PIXEL_WIDTH, width, tiff);
            exif.set(PIXEL_HEIGHT, height, tiff);
        });
    }

    /** Removes the thumbnail, which still shows the watermark. */
    public void removeThumbnail() {
        change(main -> {
            TiffDirectory second = main.next();
            long from = second == null ? 0 : second.number(THUMBNAIL_OFFSET, 0);
            long end = second == null ? 0 : from + second.number(THUMBNAIL_LENGTH, 0);
            // it must begin as a JPEG, so that a wrong offset doesn't erase other data
            if (end >= from + 2
                    && end <= tiff.length
                    && tiff[(int) from] == (byte) 0xFF
                    && tiff[(int) from + 1] == (byte) 0xD8) {
                Arrays.fill(tiff, (int) from, (int) end, (byte) 0);
            }
        });
        change(main -> {
            if (main.end() + 4 <= tiff.length) {
                ByteBuffer.wrap(tiff).putInt((int) main.end(), 0); // there is no second directory
            }
        });
    }

    private interface Change {
        void in(TiffDirectory main) throws IOException;
    }

    private void change(Change change) {
        try {
            change.in(main());
        } catch (IOException e) {
            // stays as it is
        }
    }

    private TiffDirectory main() throws IOException {
        return TiffDirectory.first(Content.of("the Exif data", tiff));
    }
}
