package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.client.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/** Reads the directories of a TIFF (TIFF 6.0), which may be anywhere in the file, without decoding its pixels. */
final class TiffHeader {

    private static final int NEW_SUBFILE_TYPE = 254;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    private static final int BITS = 258;
    private static final int COMPRESSION = 259;
    private static final int STRIPS = 273;
    private static final int ORIENTATION = 274;
    private static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILES = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int SUB_DIRECTORIES = 330;
    private static final int PROFILE = 34675;
    private static final int DNG_VERSION = 50706;

    private static final int MOST_BLOCKS = 1_000_000;
    private static final int ENTRY = 12;
    private static final int SHORT = 3;
    private static final int LONG = 4;

    private final Content picture;
    private final ByteOrder order;
    private final Map<Integer, ByteBuffer> entries = new HashMap<>();
    private final long next;

    private TiffHeader(Content picture, ByteOrder order, long position) throws IOException {
        this.picture = picture;
        this.order = order;
        int count = Short.toUnsignedInt(bytes(picture, position, 2).order(order).getShort());
        ByteBuffer directory = bytes(picture, position + 2, count * ENTRY + 4).order(order);
        for (int i = 0; i < count; i++) {
            ByteBuffer entry = directory.slice(i * ENTRY, ENTRY).order(order);
            entries.putIfAbsent(Short.toUnsignedInt(entry.getShort(0)), entry);
        }
        this.next = Integer.toUnsignedLong(directory.getInt(count * ENTRY));
    }

    /**
     * @throws EOFException              if the picture was cut off
     * @throws MalformedPictureException if the picture is damaged
     * @throws RefusedPictureException   if it has several pages, or is the raw file of a camera
     */
    static PictureInfo read(Content picture) throws IOException {
        TiffHeader header = first(picture);
        header.requireOnePicture();
        header.requireWhole();
        long width = header.number(WIDTH, 0);
        long height = header.number(HEIGHT, 0);
        if (width < 1 || height < 1) {
            throw new MalformedPictureException("it has no size");
        }
        return new PictureInfo(
                PictureFormat.TIFF,
                (int) Math.min(width, Integer.MAX_VALUE),
                (int) Math.min(height, Integer.MAX_VALUE),
                3,
                Orientation.of((int) header.number(ORIENTATION, 1)),
                header.layout(width, height));
    }

    /** Reads the colour profile; {@code null} if there is none. */
    static byte[] profile(Content picture) throws IOException {
        TiffHeader header = first(picture);
        ByteBuffer entry = header.entries.get(PROFILE);
        if (entry == null) {
            return null;
        }
        long length = Integer.toUnsignedLong(entry.getInt(4));
        return bytes(picture, Integer.toUnsignedLong(entry.getInt(8)), (int) Math.min(length, IccProfile.MOST))
                .array();
    }

    private static TiffHeader first(Content picture) throws IOException {
        ByteBuffer head = bytes(picture, 0, 8);
        ByteOrder order = head.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        return new TiffHeader(
                picture, order, Integer.toUnsignedLong(head.order(order).getInt(4)));
    }

    private void requireOnePicture() throws IOException {
        boolean canon = next != 0 && new String(bytes(picture, 8, 2).array(), 0, 2).equals("CR");
        if (canon || entries.containsKey(DNG_VERSION) || isReduced() && entries.containsKey(SUB_DIRECTORIES)) {
            throw new RefusedPictureException("is the raw file of a camera; develop it to a JPEG before");
        }
        if (next != 0 && !new TiffHeader(picture, order, next).isReduced()) {
            throw new RefusedPictureException("is a TIFF of several pages; split it into pictures before");
        }
    }

    /** Checks that no part is missing, because decoders may leave missing pixels empty. */
    private void requireWhole() throws IOException {
        boolean tiled = entries.containsKey(TILES);
        long[] positions = numbers(tiled ? TILES : STRIPS);
        long[] lengths = numbers(tiled ? TILE_LENGTHS : STRIP_LENGTHS);
        for (int i = 0; i < Math.min(positions.length, lengths.length); i++) {
            if (positions[i] + lengths[i] > picture.length()) {
                throw new EOFException();
            }
        }
    }

    /** Whether this is a smaller copy of another picture in the file. */
    private boolean isReduced() throws IOException {
        return (number(NEW_SUBFILE_TYPE, 0) & 1) != 0;
    }

    private PixelLayout layout(long width, long height) throws IOException {
        int bytesPerPixel = (int) Math.max(1, Math.min(64, number(SAMPLES, 1) * bitsPerSample() / 8));
        long blockWidth = Math.min(width, number(TILE_WIDTH, width));
        long blockRows = Math.min(height, Math.max(1, number(TILE_HEIGHT, number(ROWS_PER_STRIP, height))));
        boolean compressed = number(COMPRESSION, 1) != 1;
        // a compressed block can only be decompressed as a whole
        return compressed
                ? new PixelLayout(
                        bytesPerPixel, (int) blockRows, 2 * blockWidth * blockRows * bytesPerPixel, blockRows == height)
                : new PixelLayout(bytesPerPixel, blockRows < height ? (int) blockRows : 1, 0, false);
    }

    /** Returns the bits of the first sample; in pictures that can be decoded, all samples have the same. */
    private long bitsPerSample() throws IOException {
        long[] bits = numbers(BITS);
        return bits.length == 0 ? 1 : bits[0];
    }

    private long number(int tag, long other) {
        ByteBuffer entry = entries.get(tag);
        if (entry == null) {
            return other;
        }
        return switch (entry.getShort(2)) {
            case SHORT -> Short.toUnsignedInt(entry.getShort(8));
            case LONG -> Integer.toUnsignedLong(entry.getInt(8));
            default -> other;
        };
    }

    /** Returns all numbers of an entry. If they don't fit into the entry, they are elsewhere in the file. */
    private long[] numbers(int tag) throws IOException {
        ByteBuffer entry = entries.get(tag);
        int count = entry == null ? 0 : entry.getInt(4);
        if (count < 2) {
            return entry == null ? new long[0] : new long[] {number(tag, 0)};
        }
        boolean small = entry.getShort(2) == SHORT;
        long length = (small ? 2L : 4L) * count;
        if (length > picture.length()) {
            throw new EOFException();
        }
        if (count > MOST_BLOCKS) {
            throw new MalformedPictureException("it has too many parts");
        }
        ByteBuffer all = length <= 4
                ? entry.slice(8, 4).order(order)
                : bytes(picture, Integer.toUnsignedLong(entry.getInt(8)), (int) length)
                        .order(order);
        long[] numbers = new long[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = small ? Short.toUnsignedInt(all.getShort()) : Integer.toUnsignedLong(all.getInt());
        }
        return numbers;
    }

    private static ByteBuffer bytes(Content picture, long position, int length) throws IOException {
        try (InputStream in = picture.open()) {
            in.skipNBytes(position);
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            return ByteBuffer.wrap(bytes);
        }
    }
}
