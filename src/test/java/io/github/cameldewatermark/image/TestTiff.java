package io.github.cameldewatermark.image;

import io.github.cameldewatermark.image.pixel.JpegWriter;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.zip.DeflaterOutputStream;

/** Writes a picture as a TIFF (TIFF 6.0) in any layout, also in those that hardly a program writes. */
public final class TestTiff {

    public static final int WHITE_IS_ZERO = 0;
    public static final int GREY = 1;
    public static final int RGB = 2;
    public static final int PALETTE = 3;
    public static final int CMYK = 5;
    public static final int YCBCR = 6;

    public static final int NONE = 1;
    public static final int LZW = 5;
    public static final int JPEG = 7;
    public static final int ADOBE_DEFLATE = 8;
    public static final int DEFLATE = 32946;
    public static final int PACK_BITS = 32773;

    private static final int FLOAT = 3;

    private final TreeMap<Integer, long[]> fields = new TreeMap<>();
    private final BufferedImage picture;
    private ByteOrder order = ByteOrder.LITTLE_ENDIAN;
    private int colours;

    /** A picture in these colours, with as many bits in each sample. */
    public TestTiff(BufferedImage picture, int photometric, int bits) {
        this.picture = picture;
        this.colours = photometric == CMYK ? 4 : photometric == RGB || photometric == YCBCR ? 3 : 1;
        with(256, picture.getWidth()).with(257, picture.getHeight()).with(262, photometric);
        with(278, picture.getHeight()).with(259, NONE).with(284, 1);
        samples(bits);
        if (photometric == PALETTE) {
            with(320, palette(bits));
        }
        if (photometric == YCBCR) {
            with(530, 1, 1);
        }
    }

    public TestTiff with(int tag, long... values) {
        fields.put(tag, values);
        return this;
    }

    public TestTiff copy() {
        TestTiff copy = new TestTiff(picture, GREY, 1);
        copy.fields.clear();
        copy.fields.putAll(fields);
        copy.colours = colours;
        return copy;
    }

    public TestTiff bigEndian() {
        order = ByteOrder.BIG_ENDIAN;
        return this;
    }

    public TestTiff compressed(int compression) {
        return with(259, compression);
    }

    /** Adds further samples: 0 anything, 1 and 2 alpha. Alpha is opaque, anything else is zero. */
    public TestTiff extra(long... kinds) {
        with(338, kinds);
        return samples((int) fields.get(258)[0]);
    }

    private TestTiff samples(int bits) {
        int extra = fields.getOrDefault(338, new long[0]).length;
        long[] all = new long[colours + extra];
        Arrays.fill(all, bits);
        return with(277, all.length).with(258, all);
    }

    /** The grey levels of a palette, from black to white; if there is room, a cube of 6 x 6 x 6 colours. */
    private static long[] palette(int bits) {
        int size = 1 << bits;
        long[] palette = new long[3 * size];
        for (int i = 0; i < size; i++) {
            for (int c = 0; c < 3; c++) {
                double level = size < 216 ? i / (size - 1.0) : i / (int) Math.pow(6, c) % 6 / 5.0;
                palette[c * size + i] = Math.round(level * 65_535);
            }
        }
        return palette;
    }

    public byte[] bytes() {
        boolean planar = fields.get(284)[0] == 2;
        int samples = fields.get(258).length;
        List<byte[]> strips = new ArrayList<>();
        for (int plane = 0; plane < (planar ? samples : 1); plane++) {
            strips.add(compressed(pixels(planar ? plane : 0, planar ? plane + 1 : samples)));
        }
        with(279, strips.stream().mapToLong(strip -> strip.length).toArray());
        with(273, new long[strips.size()]);
        int directory = 2 + 12 * fields.size() + 4;
        int values = fields.values().stream()
                .mapToInt(v -> v.length > 1 ? 4 * v.length : 0)
                .sum();
        long at = 8 + directory + values;
        for (int i = 0; i < strips.size(); i++) {
            fields.get(273)[i] = at;
            at += strips.get(i).length;
        }
        return file((int) at, 8 + directory, strips);
    }

    private byte[] file(int length, int valuesAt, List<byte[]> strips) {
        ByteBuffer out = ByteBuffer.allocate(length).order(order);
        out.put((order == ByteOrder.LITTLE_ENDIAN ? "II" : "MM").getBytes())
                .putShort((short) 42)
                .putInt(8);
        out.putShort((short) fields.size());
        int at = valuesAt;
        for (var field : fields.entrySet()) {
            long[] values = field.getValue();
            boolean longs = field.getKey() == 273 || field.getKey() == 279;
            int size = longs ? 4 : 2;
            out.putShort(field.getKey().shortValue())
                    .putShort((short) (longs ? 4 : 3))
                    .putInt(values.length);
            ByteBuffer bytes =
                    ByteBuffer.allocate(Math.max(4, size * values.length)).order(order);
            for (long value : values) {
                if (longs) {
                    bytes.putInt((int) value);
                } else {
                    bytes.putShort((short) value);
                }
            }
            if (size * values.length <= 4) {
                out.put(bytes.array());
            } else {
                out.putInt(at);
                bytes.flip();
                out.duplicate().position(at).put(bytes.array(), 0, size * values.length);
                at += 4 * values.length;
            }
        }
        out.putInt(0)
                .position(valuesAt
                        + fields.values().stream()
                                .mapToInt(v -> v.length > 1 ? 4 * v.length : 0)
                                .sum());
        strips.forEach(out::put);
        return out.array();
    }

    private byte[] pixels(int from, int to) {
        int bits = (int) fields.get(258)[0];
        boolean floats = fields.getOrDefault(339, new long[] {1})[0] == FLOAT;
        boolean difference = fields.getOrDefault(317, new long[] {1})[0] == 2;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int y = 0; y < picture.getHeight(); y++) {
            long[] before = new long[to];
            long buffer = 0;
            int filled = 0;
            for (int x = 0; x < picture.getWidth(); x++) {
                for (int s = from; s < to; s++) {
                    long value = floats ? Float.floatToIntBits((float) sample(x, y, s)) : sampled(x, y, s, bits);
                    long written = difference ? value - before[s] & (1L << bits) - 1 : value;
                    before[s] = value;
                    if (bits % 16 == 0) {
                        for (int b = 0; b < bits / 8; b++) {
                            int shift = order == ByteOrder.LITTLE_ENDIAN ? 8 * b : bits - 8 - 8 * b;
                            out.write((int) (written >> shift));
                        }
                        continue;
                    }
                    buffer = buffer << bits | written;
                    filled += bits;
                    while (filled >= 8) {
                        filled -= 8;
                        out.write((int) (buffer >> filled));
                    }
                }
            }
            if (filled > 0) {
                out.write((int) (buffer << (8 - filled)));
            }
        }
        return out.toByteArray();
    }

    private long sampled(int x, int y, int s, int bits) {
        if (fields.get(262)[0] == PALETTE && s == 0) {
            int rgb = picture.getRGB(x, y);
            if (bits < 8) {
                return Math.round(grey(rgb) * ((1 << bits) - 1));
            }
            return Math.round((rgb >> 16 & 255) / 51.0)
                    + 6 * Math.round((rgb >> 8 & 255) / 51.0)
                    + 36 * Math.round((rgb & 255) / 51.0);
        }
        return Math.round(sample(x, y, s) * ((1L << bits) - 1));
    }

    /** Returns a sample from 0 to 1. */
    private double sample(int x, int y, int s) {
        if (s >= colours) {
            return fields.get(338)[s - colours] == 0 ? 0 : 1;
        }
        int rgb = picture.getRGB(x, y);
        double[] c = {(rgb >> 16 & 255) / 255.0, (rgb >> 8 & 255) / 255.0, (rgb & 255) / 255.0};
        double most = Math.max(c[0], Math.max(c[1], c[2]));
        double luma = 0.299 * c[0] + 0.587 * c[1] + 0.114 * c[2];
        return switch ((int) fields.get(262)[0]) {
            case WHITE_IS_ZERO -> 1 - grey(rgb);
            case CMYK -> s == 3 ? 1 - most : most == 0 ? 0 : 1 - c[s] / most;
            case YCBCR -> s == 0 ? luma : s == 1 ? (c[2] - luma) / 1.772 + 0.5 : (c[0] - luma) / 1.402 + 0.5;
            case RGB -> c[s];
            default -> grey(rgb);
        };
    }

    private static double grey(int rgb) {
        return (rgb >> 8 & 255) / 255.0;
    }

    private byte[] compressed(byte[] pixels) {
        byte[] data =
                switch ((int) fields.get(259)[0]) {
                    case LZW -> lzw(pixels);
                    case ADOBE_DEFLATE, DEFLATE -> deflated(pixels);
                    case PACK_BITS -> packed(pixels);
                    case JPEG -> jpeg();
                    default -> pixels;
                };
        if (fields.getOrDefault(266, new long[] {1})[0] == 2) {
            for (int i = 0; i < data.length; i++) {
                data[i] = (byte) (Integer.reverse(data[i]) >>> 24);
            }
        }
        return data;
    }

    private static byte[] deflated(byte[] pixels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (DeflaterOutputStream deflater = new DeflaterOutputStream(out)) {
            deflater.write(pixels);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private byte[] jpeg() {
        BufferedImage source = picture;
        if (colours == 1) {
            source = new BufferedImage(picture.getWidth(), picture.getHeight(), BufferedImage.TYPE_BYTE_GRAY);
            for (int y = 0; y < picture.getHeight(); y++) {
                for (int x = 0; x < picture.getWidth(); x++) {
                    source.getRaster().setSample(x, y, 0, picture.getRGB(x, y) >> 8 & 255);
                }
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            JpegWriter.write(source, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    /** Literal runs of at most one row. */
    private byte[] packed(byte[] pixels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int row = pixels.length / picture.getHeight();
        for (int start = 0; start < pixels.length; start += row) {
            for (int at = 0; at < row; at += 128) {
                int run = Math.min(128, row - at);
                out.write(run - 1);
                out.write(pixels, start + at, run);
            }
        }
        return out.toByteArray();
    }

    /** Single bytes as codes of 9 bits, with the table cleared before they would get longer. */
    private static byte[] lzw(byte[] pixels) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int[] buffer = {0, 0};
        for (int i = 0; i < pixels.length; i++) {
            if (i % 200 == 0) {
                code(out, buffer, 256);
            }
            code(out, buffer, pixels[i] & 255);
        }
        code(out, buffer, 257);
        out.write(buffer[0] << (8 - buffer[1]));
        return out.toByteArray();
    }

    private static void code(ByteArrayOutputStream out, int[] buffer, int code) {
        buffer[0] = (buffer[0] & 0xFF) << 9 | code;
        buffer[1] += 9;
        while (buffer[1] >= 8) {
            buffer[1] -= 8;
            out.write(buffer[0] >> buffer[1]);
        }
    }
}
