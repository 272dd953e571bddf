package io.github.cameldewatermark.image.header;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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

    private static final int ENTRY = 12;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int NONE = -1;

    private final ByteBuffer tiff;
    private final int main;

    /**
     * @param tiff the TIFF structure, without the "Exif" that precedes it in a JPEG; is copied
     */
    public Exif(byte[] tiff) {
        this.tiff = ByteBuffer.wrap(tiff.clone());
        if (tiff.length > 1 && tiff[0] == 'I' && tiff[1] == 'I') {
            this.tiff.order(ByteOrder.LITTLE_ENDIAN);
        }
        this.main = directory(tiff.length < 8 ? NONE : this.tiff.getInt(4));
    }

    /** Returns the orientation that Exif data say; upright if they don't say it, or are {@code null}. */
    public static Orientation orientation(byte[] tiff) {
        return tiff == null ? Orientation.UPRIGHT : new Exif(tiff).orientation();
    }

    /** Whether there is a main directory, without which the data are useless. */
    public boolean isReadable() {
        return main != NONE;
    }

    /** Returns the TIFF structure, which is not copied. */
    public byte[] bytes() {
        return tiff.array();
    }

    Orientation orientation() {
        return Orientation.of(number(entry(main, ORIENTATION)));
    }

    public void setOrientation(Orientation orientation) {
        setNumber(entry(main, ORIENTATION), orientation.tag());
    }

    /** Sets the size in pixels of the picture that the data belong to now. */
    public void setSize(int width, int height) {
        setNumber(entry(main, WIDTH), width);
        setNumber(entry(main, HEIGHT), height);
        int directory = directory(number(entry(main, EXIF_DIRECTORY)));
        setNumber(entry(directory, PIXEL_WIDTH), width);
        setNumber(entry(directory, PIXEL_HEIGHT), height);
    }

    /** Removes the thumbnail, which still shows the watermark. */
    public void removeThumbnail() {
        int link = main == NONE ? NONE : main + 2 + ENTRY * count(main);
        if (link == NONE || link + 4 > tiff.limit()) {
            return;
        }
        int second = directory(tiff.getInt(link));
        int from = number(entry(second, THUMBNAIL_OFFSET));
        int length = number(entry(second, THUMBNAIL_LENGTH));
        // it must begin as a JPEG, so that a wrong offset doesn't erase other data
        if (from > 0
                && length > 1
                && length <= tiff.limit() - from
                && tiff.get(from) == (byte) 0xFF
                && tiff.get(from + 1) == (byte) 0xD8) {
            Arrays.fill(tiff.array(), from, from + length, (byte) 0);
        }
        tiff.putInt(link, 0);
    }

    /** Returns the position of a directory if it is complete, otherwise {@code NONE}. */
    private int directory(int position) {
        boolean whole =
                position >= 8 && position <= tiff.limit() - 2 && count(position) * ENTRY <= tiff.limit() - 2 - position;
        return whole ? position : NONE;
    }

    private int count(int directory) {
        return Short.toUnsignedInt(tiff.getShort(directory));
    }

    private int entry(int directory, int tag) {
        int end = directory == NONE ? NONE : directory + 2 + ENTRY * count(directory);
        for (int entry = directory + 2; entry < end; entry += ENTRY) {
            if (Short.toUnsignedInt(tiff.getShort(entry)) == tag) {
                return entry;
            }
        }
        return NONE;
    }

    private int number(int entry) {
        return switch (type(entry)) {
            case SHORT -> Short.toUnsignedInt(tiff.getShort(entry + 8));
            case LONG -> tiff.getInt(entry + 8);
            default -> NONE;
        };
    }

    private void setNumber(int entry, int value) {
        if (type(entry) == SHORT) {
            tiff.putShort(entry + 8, (short) value);
        } else if (type(entry) == LONG) {
            tiff.putInt(entry + 8, value);
        }
    }

    private int type(int entry) {
        return entry == NONE ? NONE : Short.toUnsignedInt(tiff.getShort(entry + 2));
    }
}
