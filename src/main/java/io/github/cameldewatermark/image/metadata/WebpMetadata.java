package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.image.header.SegmentKind;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;

/** Reads the metadata of a WebP: the chunks EXIF and XMP. */
final class WebpMetadata {

    private static final int HEADER = 12;
    private static final int EXIF = 0x45584946;
    private static final int XMP = 0x584D5020;

    private WebpMetadata() {}

    static Metadata read(InputStream webp) throws IOException {
        DataInputStream in = new DataInputStream(webp);
        in.skipNBytes(4);
        long left = size(in) - 4L;
        in.skipNBytes(HEADER - 8);
        byte[] exif = null;
        byte[] xmp = null;
        for (int i = 0; i < Metadata.MAX_CHUNKS && left >= 8; i++) {
            int type = in.readInt();
            long length = size(in);
            long padded = length + length % 2;
            left -= 8 + padded;
            if ((type == EXIF || type == XMP) && length <= Metadata.MAX_KEPT && left >= 0) {
                byte[] chunk = in.readNBytes((int) length);
                exif = type == EXIF ? chunk : exif;
                xmp = type == XMP ? chunk : xmp;
                padded -= length;
            }
            if (left >= 8) {
                in.skipNBytes(padded);
            }
        }
        // some programs put the "Exif" id of JPEG in front of the data
        return Metadata.of(exif == null ? null : SegmentKind.EXIF.withoutId(exif), xmp, null);
    }

    /** Reads four bytes, the lowest first. */
    private static long size(DataInputStream in) throws IOException {
        return Integer.toUnsignedLong(Integer.reverseBytes(in.readInt()));
    }
}
