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
 * Reads the metadata of the first page of a TIFF (TIFF 6.0). A TIFF has the structure of Exif data, spread over the file: the
 * fields that describe the picture are collected, those that describe how its pixels are stored are dropped.
 */
final class TiffMetadata {

    private static final int EXIF_DIRECTORY = 0x8769;
    private static final int GPS_DIRECTORY = 0x8825;
    private static final int XMP = 0x02BC;
    private static final int IPTC = 0x83BB;
    private static final int PHOTOSHOP = 0x8649;

    /** Name, description, make, model, resolution, unit, software, date, artist, rating, copyright, and Windows' own fields. */
    private static final Set<Integer> DESCRIPTION = Set.of(
            0x010D, 0x010E, 0x010F, 0x0110, 0x011A, 0x011B, 0x0128, 0x0131, 0x0132, 0x013B, 0x4746, 0x4749, 0x8298,
            0x9C9B, 0x9C9C, 0x9C9D, 0x9C9E, 0x9C9F);

    /** Fields with positions in the file, which would be wrong in another one: maker notes, and a rarely used directory. */
    private static final Set<Integer> NOT_MOVABLE = Set.of(0x927C, 0xA005);

    private static final int[] BYTES_OF_TYPE = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8};
    private static final int ENTRY = 12;

    private final Content picture;
    private ByteOrder order;
    private int kept;

    private TiffMetadata(Content picture) {
        this.picture = picture;
    }

    /** A field of a directory, with its value in the byte order of the file. */
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

    /** Reads a field; {@code null} if its type is unknown, or its value is too large to be kept. */
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

    /** Reads the fields of a directory; empty if the position is 0, which means that there is no directory. */
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
