package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.container.TiffDirectory;
import io.github.cameldewatermark.image.header.PictureInfo.PixelLayout;
import java.io.EOFException;
import java.io.IOException;

/** Reads what a TIFF (TIFF 6.0) says about its picture, without decoding its pixels. */
final class TiffHeader {

    private static final int NEW_SUBFILE_TYPE = 254;
    private static final int WIDTH = 256;
    private static final int HEIGHT = 257;
    static final int BITS = 258;
    static final int COMPRESSION = 259;
    private static final int STRIPS = 273;
    private static final int ORIENTATION = 274;
    static final int SAMPLES = 277;
    private static final int ROWS_PER_STRIP = 278;
    private static final int STRIP_LENGTHS = 279;
    private static final int TILE_WIDTH = 322;
    private static final int TILE_HEIGHT = 323;
    private static final int TILES = 324;
    private static final int TILE_LENGTHS = 325;
    private static final int SUB_DIRECTORIES = 330;
    static final int PROFILE = 34675;
    static final int PACK_BITS = 32_773;
    private static final int DNG_VERSION = 50706;

    private final Content picture;
    private final TiffDirectory directory;

    private TiffHeader(Content picture) throws IOException {
        this.picture = picture;
        this.directory = TiffDirectory.first(picture);
    }

    static PictureHeader read(Content picture) throws IOException {
        TiffHeader tiff = new TiffHeader(picture);
        tiff.requireOnePicture();
        tiff.requireWhole();
        tiff.requireProvenColours();
        int width = (int) Math.min(tiff.directory.number(WIDTH, 0), Integer.MAX_VALUE);
        int height = (int) Math.min(tiff.directory.number(HEIGHT, 0), Integer.MAX_VALUE);
        Orientation orientation = Orientation.of((int) tiff.directory.number(ORIENTATION, 1));
        PictureInfo info = new PictureInfo(PictureFormat.TIFF, width, height, orientation, tiff.layout(width, height));
        return new PictureHeader(info, null, null, null, tiff.profile());
    }

    private byte[] profile() throws IOException {
        TiffDirectory.Field profile = directory.field(PROFILE, PictureHeader.MAX_KEPT);
        byte[] broken = directory.has(PROFILE) ? new byte[0] : null;
        return profile == null ? broken : profile.value();
    }

    private void requireOnePicture() throws IOException {
        TiffDirectory next = directory.next();
        boolean canon =
                next != null && new String(TiffDirectory.bytes(picture, 8, 2).array(), 0, 2).equals("CR");
        if (canon || directory.has(DNG_VERSION) || isReduced(directory) && directory.has(SUB_DIRECTORIES)) {
            throw Refusal.of(picture, "is a raw file of a camera; develop it into a JPEG first");
        }
        if (next != null && !isReduced(next)) {
            throw Refusal.of(picture, "is a TIFF with several pages; split it into pictures first");
        }
    }

    private void requireProvenColours() throws IOException {
        String unproven = new TiffColours(directory).unproven();
        if (unproven != null) {
            throw Refusal.of(
                    picture,
                    "is a TIFF " + unproven
                            + ", whose colours may come out wrong; save it as JPEG or PNG, or as TIFF in"
                            + " RGB with 8 bits, first");
        }
    }

    /** Checks that no part is missing, because decoders may leave missing pixels empty. */
    private void requireWhole() throws IOException {
        boolean tiled = directory.has(TILES);
        long[] positions = directory.numbers(tiled ? TILES : STRIPS);
        long[] lengths = directory.numbers(tiled ? TILE_LENGTHS : STRIP_LENGTHS);
        for (int i = 0; i < Math.min(positions.length, lengths.length); i++) {
            if (positions[i] + lengths[i] > picture.length()) {
                throw new EOFException();
            }
        }
        long compression = directory.number(COMPRESSION, 1);
        ZeroTail.requireNone(picture, PictureFormat.TIFF, compression != 1 && compression != PACK_BITS);
    }

    /** Whether this is a smaller copy of another picture in the file. */
    private static boolean isReduced(TiffDirectory page) {
        return (page.number(NEW_SUBFILE_TYPE, 0) & 1) != 0;
    }

    private PixelLayout layout(long width, long height) throws IOException {
        long[] bits = directory.numbers(BITS); // in pictures that can be decoded, the same for all samples
        long bitsPerPixel = directory.number(SAMPLES, 1) * (bits.length == 0 ? 1 : bits[0]);
        int bytesPerPixel = (int) Math.max(1, Math.min(64, bitsPerPixel / 8));
        long blockWidth = Math.min(width, directory.number(TILE_WIDTH, width));
        long blockRows =
                Math.min(height, Math.max(1, directory.number(TILE_HEIGHT, directory.number(ROWS_PER_STRIP, height))));
        boolean compressed = directory.number(COMPRESSION, 1) != 1;
        // a compressed block can only be decompressed as a whole
        return compressed
                ? new PixelLayout(
                        bytesPerPixel, (int) blockRows, 2 * blockWidth * blockRows * bytesPerPixel, blockRows == height)
                : new PixelLayout(bytesPerPixel, blockRows < height ? (int) blockRows : 1, 0, false);
    }
}
