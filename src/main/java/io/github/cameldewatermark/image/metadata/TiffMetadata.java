package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.client.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The metadata of the first page of a TIFF (TIFF 6.0). A TIFF is its own Exif, spread over the file: what describes the picture
 * is put together anew, what describes how its pixels are stored stays behind.
 */
final class TiffMetadata {

    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int GPS_DIRECTORY = 0x8825;
    private static final int XMP = 0x02BC;
    private static final int IPTC = 0x83BB;
    private static final int PHOTOSHOP = 0x8649;

    /** Document, description, make, model, resolution and its unit, software, date, artist, rating, copyright, those of Windows. */
    private static final Set<Integer> DESCRIPTION = Set.of(
            0x010D, 0x010E, 0x010F, 0x0110, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B, 0x4746, 0x4749, 0x8298,
            0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F);

    /** Notes of the maker have positions in them, which would be wrong elsewhere; the other is a directory, hardly used. */
    private static final Set<Integer> NOT_MOVABLE = Set.of(0x927C, 0xA005);

    private static final int[] BYTES_OF_TYPE = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    private static final int ENTRY = 12;

    private final Content picture;
    private ByteOrder order;
    private int kept;

    private TiffMetadata(Content picture) {
        this.picture = picture;
    }

    /** A field of a directory, its value in the byte order of the file. */
    record Field(int tag, int type, int count, byte[] value) {}

    static Metadata read(Content picture) throws IOException {
        return new TiffMetadata(picture).read();
    }

    private Metadata read() throws IOException {
        byte[] header = bytes(0, 8);
        order = header[0] == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        ByteBuffer main = directory(unsigned(ByteBuffer.wrap(header).order(order), 4));
        ExifWriter exif = new ExifWriter(order, fields(main, DESCRIPTION, true));
        exif.add(EXIF_DIRECTORY, fields(directory(pointer(main, EXIF_DIRECTORY)), NOT_MOVABLE, false));
        exif.add(GPS_DIRECTORY, fields(directory(pointer(main, GPS_DIRECTORY)), Set.of(), false));
        byte[] photoshop = value(main, PHOTOSHOP);
        byte[] iptc = value(main, IPTC);
        if (photoshop == null && iptc != null) {
            photoshop = PhotoshopResources.ofIptc(iptc);
        }
        return Metadata.of(exif.bytes(), value(main, XMP), photoshop);
    }

    private List<Field> fields(ByteBuffer directory, Set<Integer> tags, boolean wanted) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (int at = 0; at + ENTRY <= directory.limit(); at += ENTRY) {
            int tag = Short.toUnsignedInt(directory.getShort(at));
            Field field = tags.contains(tag) == wanted ? field(directory, at) : null;
            if (field != null) {
                fields.add(field);
            }
        }
        return fields;
    }

    private byte[] value(ByteBuffer directory, int tag) throws IOException {
        List<Field> fields = fields(directory, Set.of(tag), true);
        return fields.isEmpty() ? null : fields.get(0).value();
    }

    private static long pointer(ByteBuffer directory, int tag) {
        for (int at = 0; at + ENTRY <= directory.limit(); at += ENTRY) {
            if (Short.toUnsignedInt(directory.getShort(at)) == tag) {
                return unsigned(directory, at + 8);
            }
        }
        return 0;
    }

    /** {@code null}: it is of no known type, or too large to be kept. */
    private Field field(ByteBuffer directory, int at) throws IOException {
        int type = Short.toUnsignedInt(directory.getShort(at + 2));
        long count = unsigned(directory, at + 4);
        long length = type < BYTES_OF_TYPE.length ? count * BYTES_OF_TYPE[type] : 0;
        if (length <= 0 || length > Metadata.MAX_KEPT - kept) {
            return null;
        }
        kept += (int) length;
        byte[] value = new byte[(int) length];
        if (length <= 4) {
            directory.get(at + 8, value);
        } else {
            value = bytes(unsigned(directory, at + 8), value.length);
        }
        return new Field(Short.toUnsignedInt(directory.getShort(at)), type, (int) count, value);
    }

    /** The fields of a directory; none where there is no directory. */
    private ByteBuffer directory(long position) throws IOException {
        if (position == 0) {
            return ByteBuffer.allocate(0);
        }
        int count = Short.toUnsignedInt(
                ByteBuffer.wrap(bytes(position, 2)).order(order).getShort());
        return ByteBuffer.wrap(bytes(position + 2, count * ENTRY)).order(order);
    }

    private byte[] bytes(long position, int length) throws IOException {
        try (InputStream in = picture.open()) {
            in.skipNBytes(position);
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException("the picture ends early");
            }
            return bytes;
        }
    }

    private static long unsigned(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }
}
