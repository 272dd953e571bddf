package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.container.TiffDirectory;
import io.github.cameldewatermark.image.container.TiffDirectory.Field;
import io.github.cameldewatermark.image.header.PictureHeader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/**
 * Reads the metadata of the first page of a TIFF (TIFF 6.0). A TIFF has the structure of Exif data, spread over the file: the
 * fields that describe the picture are collected to an Exif block, those that describe how its pixels are stored are dropped.
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

    private static final int HEADER = 8;
    private static final int ENTRY = 12;
    private static final int LONG = 4;

    private final TiffDirectory main;
    private int kept;

    private TiffMetadata(TiffDirectory main) {
        this.main = main;
    }

    static Metadata read(Content picture) throws IOException {
        TiffMetadata tiff = new TiffMetadata(TiffDirectory.first(picture));
        byte[] photoshop = tiff.value(PHOTOSHOP);
        byte[] iptc = tiff.value(IPTC);
        return new Metadata(
                tiff.exif(),
                tiff.value(XMP),
                photoshop == null && iptc != null ? Metadata.photoshopOfIptc(iptc) : photoshop,
                null,
                null);
    }

    private byte[] value(int tag) throws IOException {
        List<Field> fields = fields(main, other -> other == tag);
        return fields.isEmpty() ? null : fields.get(0).value();
    }

    private List<Field> fields(TiffDirectory directory, IntPredicate wanted) throws IOException {
        List<Field> fields = new ArrayList<>();
        for (int tag : directory.tags()) {
            Field field = wanted.test(tag) ? directory.field(tag, PictureHeader.MAX_KEPT - kept) : null;
            if (field != null) {
                kept += field.value().length;
                fields.add(field);
            }
        }
        return fields;
    }

    /** Returns an Exif block: the main directory and those that it points to, each followed by its values; may be null. */
    private byte[] exif() throws IOException {
        List<Field> description = fields(main, DESCRIPTION::contains);
        List<Field> exif = fields(main.directory(EXIF_DIRECTORY), tag -> !NOT_MOVABLE.contains(tag));
        List<Field> gps = fields(main.directory(GPS_DIRECTORY), tag -> true);
        ByteBuffer toExif = addPointer(description, EXIF_DIRECTORY, exif);
        ByteBuffer toGps = addPointer(description, GPS_DIRECTORY, gps);
        if (description.isEmpty()) {
            return null;
        }
        int afterMain = HEADER + size(description);
        int afterExif = afterMain + size(exif);
        toExif.putInt(afterMain);
        toGps.putInt(afterExif);
        description.sort(Comparator.comparingInt(Field::tag));
        ByteBuffer block = ByteBuffer.allocate(afterExif + size(gps)).order(main.order());
        block.putShort((short) (main.order() == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D));
        block.putShort((short) 42).putInt(HEADER);
        List.of(description, exif, gps).forEach(fields -> write(block, fields));
        return block.array();
    }

    /** Adds the field that points to a directory, unless that is empty; returns the value of the field, to be set later. */
    private ByteBuffer addPointer(List<Field> fields, int tag, List<Field> directory) {
        ByteBuffer value = ByteBuffer.allocate(4).order(main.order());
        if (!directory.isEmpty()) {
            fields.add(new Field(tag, LONG, 1, value.array()));
        }
        return value;
    }

    /** Writes a directory and, after it, the values that don't fit into it; nothing if it has no fields. */
    private static void write(ByteBuffer block, List<Field> fields) {
        if (fields.isEmpty()) {
            return;
        }
        int values = block.position() + 2 + ENTRY * fields.size() + 4;
        block.putShort((short) fields.size());
        for (Field field : fields) {
            block.putShort((short) field.tag()).putShort((short) field.type()).putInt(field.count());
            if (field.value().length <= 4) {
                block.put(block.position(), field.value()).position(block.position() + 4);
            } else {
                block.putInt(values).put(values, field.value());
                values += Metadata.even(field.value().length);
            }
        }
        block.putInt(0); // no next directory
        block.position(values);
    }

    private static int size(List<Field> fields) {
        if (fields.isEmpty()) {
            return 0;
        }
        int values = fields.stream()
                .mapToInt(field -> field.value().length)
                .filter(length -> length > 4)
                .map(Metadata::even)
                .sum();
        return 2 + ENTRY * fields.size() + 4 + values;
    }
}
