package io.github.cameldewatermark.image.metadata;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Reads the metadata of a PNG: the chunk eXIf, and the chunk iTXt with the keyword of XMP. */
final class PngMetadata {

    private static final int SIGNATURE = 8;
    private static final int EXIF = 0x65584966;
    private static final int TEXT = 0x69545874;
    private static final int END = 0x49454E44;

    /** The beginning of the chunk: the keyword, flag and method of no compression, and an empty language and translation. */
    private static final byte[] XMP = "XML:com.adobe.xmp\0\0\0\0\0".getBytes(ISO_8859_1);

    private PngMetadata() {}

    static Metadata read(InputStream png) throws IOException {
        DataInputStream in = new DataInputStream(png);
        in.skipNBytes(SIGNATURE);
        byte[] exif = null;
        byte[] xmp = null;
        for (int i = 0; i < Metadata.MAX_CHUNKS; i++) {
            int length = in.readInt();
            int type = in.readInt();
            if (type == END || length < 0) {
                break;
            }
            boolean wanted = (type == EXIF || type == TEXT) && length <= Metadata.MAX_KEPT;
            byte[] chunk = wanted ? in.readNBytes(length) : null;
            if (chunk == null) {
                in.skipNBytes(length);
            } else if (type == EXIF) {
                exif = chunk;
            } else if (Arrays.equals(chunk, 0, Math.min(XMP.length, chunk.length), XMP, 0, XMP.length)) {
                xmp = Arrays.copyOfRange(chunk, XMP.length, chunk.length);
            }
            in.readInt(); // checksum
        }
        return Metadata.of(exif, xmp, null);
    }
}
