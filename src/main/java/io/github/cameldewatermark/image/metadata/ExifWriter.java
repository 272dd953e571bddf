package io.github.cameldewatermark.image.metadata;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Builds an Exif block (TIFF 6.0) from a main directory and the directories that it points to, each followed by its values. */
final class ExifWriter {

    private static final int HEADER = 8;
    private static final int ENTRY = 12;
    private static final int LONG = 4;

    private final ByteOrder order;
    private final List<TiffMetadata.Field> main;
    private final Map<Integer, List<TiffMetadata.Field>> others = new LinkedHashMap<>();

    ExifWriter(ByteOrder order, List<TiffMetadata.Field> main) {
        this.order = order;
        this.main = new ArrayList<>(main);
    }

    /** Adds a directory, and the field of the main directory that points to it. A directory without fields is left out. */
    void add(int pointer, List<TiffMetadata.Field> fields) {
        if (!fields.isEmpty()) {
            others.put(pointer, fields);
            main.add(new TiffMetadata.Field(pointer, LONG, 1, new byte[4]));
        }
    }

    /** Returns the Exif block, or {@code null} if it has no fields. */
    byte[] bytes() {
        if (main.isEmpty()) {
            return null;
        }
        main.sort(Comparator.comparingInt(TiffMetadata.Field::tag));
        int position = HEADER + size(main);
        for (Map.Entry<Integer, List<TiffMetadata.Field>> other : others.entrySet()) {
            pointerTo(other.getKey()).putInt(0, position);
            position += size(other.getValue());
        }
        ByteBuffer exif = ByteBuffer.allocate(position).order(order);
        exif.putShort((short) (order == ByteOrder.LITTLE_ENDIAN ? 0x4949 : 0x4D4D));
        exif.putShort((short) 42).putInt(HEADER);
        write(exif, main);
        others.values().forEach(fields -> write(exif, fields));
        return exif.array();
    }

    private ByteBuffer pointerTo(int tag) {
        return main.stream()
                .filter(field -> field.tag() == tag)
                .map(field -> ByteBuffer.wrap(field.value()).order(order))
                .findFirst()
                .orElseThrow();
    }

    /** Writes a directory and, after it, the values that don't fit into it. */
    private static void write(ByteBuffer exif, List<TiffMetadata.Field> fields) {
        int values = exif.position() + directorySize(fields);
        exif.putShort((short) fields.size());
        for (TiffMetadata.Field field : fields) {
            exif.putShort((short) field.tag()).putShort((short) field.type()).putInt(field.count());
            if (field.value().length <= 4) {
                exif.put(exif.position(), field.value()).position(exif.position() + 4);
            } else {
                exif.putInt(values).put(values, field.value());
                values += even(field.value().length);
            }
        }
        exif.putInt(0); // no next directory
        exif.position(values);
    }

    private static int size(List<TiffMetadata.Field> fields) {
        return directorySize(fields)
                + fields.stream()
                        .mapToInt(field -> field.value().length)
                        .filter(length -> length > 4)
                        .map(ExifWriter::even)
                        .sum();
    }

    private static int directorySize(List<TiffMetadata.Field> fields) {
        return 2 + ENTRY * fields.size() + 4;
    }

    private static int even(int length) {
        return length + length % 2;
    }
}
