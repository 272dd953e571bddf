package io.github.cameldewatermark.image;

import java.awt.image.BufferedImage;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Writes a picture as a BMP of Windows with 1 to 32 bits per pixel. */
public final class TestBmp {

    public static final int PLAIN = 0;
    public static final int RUNS_OF_8 = 1;
    public static final int MASKS = 3;

    private static final int INFO = 40;

    private TestBmp() {}

    /**
     * @param header the length of the header: 40, or 108 and 124 with masks and a colour space in it
     * @param masks  of red, green, blue and perhaps alpha, for {@link #MASKS}
     */
    public static byte[] of(BufferedImage picture, int bits, int compression, int header, int... masks) {
        int colours = bits <= 8 ? 1 << bits : 0;
        int offset = 14 + header + (header == INFO && masks.length > 0 ? 12 : 0) + 4 * colours;
        byte[] pixels = compression == RUNS_OF_8 ? runs(picture) : rows(picture, bits, masks);
        ByteBuffer out = ByteBuffer.allocate(offset + pixels.length).order(ByteOrder.LITTLE_ENDIAN);
        out.put((byte) 'B').put((byte) 'M').putInt(out.limit()).putInt(0).putInt(offset);
        out.putInt(header).putInt(picture.getWidth()).putInt(picture.getHeight());
        out.putShort((short) 1).putShort((short) bits).putInt(compression).putInt(pixels.length);
        out.position(14 + INFO);
        Arrays.stream(masks).limit(header == INFO ? 3 : 4).forEach(out::putInt);
        out.position(offset - 4 * colours);
        for (int i = 0; i < colours; i++) {
            out.putInt(bits == 8 ? cube(i) : i * 0xFF / (colours - 1) * 0x010101);
        }
        return out.position(offset).put(pixels).array();
    }

    /** Colours in steps of 51. */
    private static int cube(int i) {
        return i >= 216 ? 0 : i % 6 * 51 << 16 | i / 6 % 6 * 51 << 8 | i / 36 * 51;
    }

    private static int index(int rgb, int bits) {
        return bits == 8
                ? (rgb >> 16 & 0xFF) / 51 + 6 * ((rgb >> 8 & 0xFF) / 51) + 36 * ((rgb & 0xFF) / 51)
                : (rgb & 0xFF) * ((1 << bits) - 1) / 0xFF;
    }

    private static byte[] rows(BufferedImage picture, int bits, int[] masks) {
        int row = (picture.getWidth() * bits + 31) / 32 * 4;
        ByteBuffer out = ByteBuffer.allocate(row * picture.getHeight()).order(ByteOrder.LITTLE_ENDIAN);
        for (int y = 0; y < picture.getHeight(); y++) {
            out.position(y * row);
            for (int x = 0; x < picture.getWidth(); x++) {
                int rgb = picture.getRGB(x, picture.getHeight() - 1 - y);
                switch (bits) {
                    case 32 -> out.putInt(masks.length == 0 ? rgb & 0xFFFFFF : masked(rgb, masks));
                    case 24 -> out.put((byte) rgb).put((byte) (rgb >> 8)).put((byte) (rgb >> 16));
                    case 16 ->
                        out.putShort((short) masked(rgb, masks.length == 0 ? new int[] {0x7C00, 0x3E0, 0x1F} : masks));
                    default -> {
                        int at = y * row + x * bits / 8;
                        out.put(at, (byte) (out.get(at) | index(rgb, bits) << (8 - bits - x * bits % 8)));
                    }
                }
            }
        }
        return out.array();
    }

    private static int masked(int rgb, int[] masks) {
        int pixel = masks.length > 3 ? masks[3] : 0;
        for (int c = 0; c < 3; c++) {
            int level = (int) Math.round((rgb >> 16 - 8 * c & 0xFF) / 255.0 * ((1L << Integer.bitCount(masks[c])) - 1));
            pixel |= level << Integer.numberOfTrailingZeros(masks[c]);
        }
        return pixel;
    }

    private static byte[] runs(BufferedImage picture) {
        ByteBuffer out = ByteBuffer.allocate(picture.getHeight() * (2 * picture.getWidth() + 2));
        for (int y = picture.getHeight() - 1; y >= 0; y--) {
            for (int x = 0; x < picture.getWidth(); x++) {
                out.put((byte) 1).put((byte) index(picture.getRGB(x, y), 8));
            }
            out.put((byte) 0).put((byte) (y == 0 ? 1 : 0)); // the end of the line, and of the picture
        }
        return out.array();
    }
}
