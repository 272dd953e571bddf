package io.github.cameldewatermark.image.container;

import io.github.cameldewatermark.client.Content;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import javax.imageio.IIOException;

/** A directory of a TIFF (TIFF 6.0). It may be anywhere in the file, and so may the values of its fields. */
public final class TiffDirectory {

    private static final int HEADER = 8;
    private static final int ENTRY = 12;
    private static final int SHORT = 3;
    private static final int LONG = 4;
    private static final int DIRECTORY = 13;
    private static final int[] BYTES_OF_TYPE = {0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4};

    /** The largest length of a list of numbers in bytes: the positions of a million blocks. */
    private static final int LONGEST = 4_000_000;

    private final Content picture;
    private final ByteBuffer entries;
    private final Map<Integer, Integer> positions = new LinkedHashMap<>();
    private final long end;

    private TiffDirectory(Content picture, ByteOrder order, long position) throws IOException {
        this.picture = picture;
        int count = position < HEADER
                ? 0
                : Short.toUnsignedInt(bytes(picture, position, 2).order(order).getShort());
        this.entries = bytes(picture, position + 2, count * ENTRY).order(order);
        this.end = position + 2 + entries.limit();
        for (int at = 0; at < entries.limit(); at += ENTRY) {
            positions.putIfAbsent(Short.toUnsignedInt(entries.getShort(at)), at);
        }
    }

    /**
     * A field of a directory.
     *
     * @param value the value in the byte order of the file
     */
    public record Field(int tag, int type, int count, byte[] value) {}

    /**
     * Reads the first directory.
     *
     * @throws EOFException if the picture was cut off
     */
    public static TiffDirectory first(Content picture) throws IOException {
        ByteBuffer head = bytes(picture, 0, HEADER);
        ByteOrder order = head.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        long position = unsigned(head.order(order), 4);
        if (position < HEADER) {
            throw new EOFException();
        }
        return new TiffDirectory(picture, order, position);
    }

    /** Reads the directory that a field points to; without fields if there is none. */
    public TiffDirectory directory(int tag) throws IOException {
        return new TiffDirectory(picture, order(), number(tag, 0));
    }

    public ByteOrder order() {
        return entries.order();
    }

    public Set<Integer> tags() {
        return positions.keySet();
    }

    /** Returns the position after the fields, where the position of the next directory is. */
    long end() {
        return end;
    }

    /** Returns the directory of the next page; {@code null} if there is none. */
    public TiffDirectory next() throws IOException {
        long next = unsigned(bytes(picture, end, 4).order(order()), 0);
        return next == 0 ? null : new TiffDirectory(picture, order(), next);
    }

    public boolean has(int tag) {
        return positions.containsKey(tag);
    }

    public long number(int tag, long other) {
        Integer at = positions.get(tag);
        if (at == null) {
            return other;
        }
        return switch (entries.getShort(at + 2)) {
            case SHORT -> Short.toUnsignedInt(entries.getShort(at + 8));
            case LONG, DIRECTORY -> unsigned(entries, at + 8);
            default -> other;
        };
    }

    /** Changes a number in the bytes of the file; nothing if there is no such number. */
    void set(int tag, int value, byte[] file) {
        Integer at = positions.get(tag);
        int type = at == null ? 0 : entries.getShort(at + 2);
        if (type == SHORT || type == LONG) {
            int position = (int) end - entries.limit() + at + 8;
            ByteBuffer bytes = ByteBuffer.wrap(file).order(order());
            if (type == SHORT) {
                bytes.putShort(position, (short) value);
            } else {
                bytes.putInt(position, value);
            }
        }
    }

    /** Returns all numbers of a field; empty if there is no such field. */
    public long[] numbers(int tag) throws IOException {
        Field field = field(tag, LONGEST);
        if (field == null && has(tag)) {
            throw new IIOException("its field " + tag + " has an impossible length");
        }
        if (field == null || field.type() != SHORT && field.type() != LONG) {
            return new long[0];
        }
        ByteBuffer values = ByteBuffer.wrap(field.value()).order(order());
        return IntStream.range(0, field.count())
                .mapToLong(i -> field.type() == SHORT
                        ? Short.toUnsignedInt(values.getShort())
                        : Integer.toUnsignedLong(values.getInt()))
                .toArray();
    }

    /**
     * Reads a field with its value.
     *
     * @param most the largest length of a value in bytes
     * @return {@code null} if there is no such field, its type is unknown, or its value is longer
     */
    public Field field(int tag, int most) throws IOException {
        Integer at = positions.get(tag);
        if (at == null) {
            return null;
        }
        int type = Short.toUnsignedInt(entries.getShort(at + 2));
        long count = unsigned(entries, at + 4);
        long length = type < BYTES_OF_TYPE.length ? count * BYTES_OF_TYPE[type] : 0;
        if (length <= 0 || length > most) {
            return null;
        }
        byte[] value = new byte[(int) length];
        if (length <= 4) {
            entries.get(at + 8, value);
        } else {
            value = bytes(picture, unsigned(entries, at + 8), value.length).array();
        }
        return new Field(tag, type, (int) count, value);
    }

    public static ByteBuffer bytes(Content picture, long position, int length) throws IOException {
        try (InputStream in = picture.open()) {
            in.skipNBytes(position);
            byte[] bytes = in.readNBytes(length);
            if (bytes.length < length) {
                throw new EOFException();
            }
            return ByteBuffer.wrap(bytes);
        }
    }

    private static long unsigned(ByteBuffer buffer, int at) {
        return Integer.toUnsignedLong(buffer.getInt(at));
    }
}
