package io.github.cameldewatermark.clip;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;

/** The header of a Matroska or WebM file: its EBML elements (RFC 8794, RFC 9559) up to the first cluster of frames. */
final class MatroskaHeader {

    private static final int DOC_TYPE = 0x4282;
    private static final int CLUSTER = 0x1F43B675;
    private static final int TIMESTAMP_SCALE = 0x2AD7B1;
    private static final int DURATION = 0x4489;
    private static final int TRACK_ENTRY = 0xAE;
    private static final int DEFAULT_DURATION = 0x23E383;
    private static final int PIXEL_WIDTH = 0xB0;
    private static final int PIXEL_HEIGHT = 0xBA;
    private static final int DISPLAY_WIDTH = 0x54B0;
    private static final int DISPLAY_HEIGHT = 0x54BA;
    private static final int PROJECTION = 0x7670;

    /** EBML, Segment, Info, Tracks, TrackEntry and Video, which consist of elements: these are read as if they weren't there. */
    private static final Set<Integer> PARENTS =
            Set.of(0x1A45DFA3, 0x18538067, 0x1549A966, 0x1654AE6B, TRACK_ENTRY, 0xE0);

    private static final double NANOS = 1e9;

    private final DataInputStream in;

    private String container = "MKV";
    private long scale = 1_000_000;
    private double duration;
    private Integer width;
    private Integer height;
    private Double frameRate;
    private Integer shownWidth;
    private Integer shownHeight;
    private boolean projected;

    /** Of the current track, in nanoseconds. */
    private long frame;

    MatroskaHeader(InputStream in) {
        this.in = new DataInputStream(in);
    }

    ClipInfo read() throws IOException {
        try {
            int id = id();
            for (int elements = 0; id != CLUSTER && elements < ClipInfo.MOST_PARTS; elements++) {
                readElement(id, number(true));
                id = id();
            }
        } catch (EOFException e) {
            // what was read is right
        }
        return new ClipInfo(
                container, ClipInfo.seconds(duration * scale / NANOS), width, height, frameRate, isUpright());
    }

    private boolean isUpright() {
        return !projected
                && (shownWidth == null || shownWidth.equals(width))
                && (shownHeight == null || shownHeight.equals(height));
    }

    private void readElement(int id, long size) throws IOException {
        if (PARENTS.contains(id)) {
            frame = id == TRACK_ENTRY ? 0 : frame;
            return;
        }
        if (size < 0) {
            throw new EOFException("An element of unknown size");
        }
        switch (id) {
            case DOC_TYPE -> container = text(size).equals("webm") ? "WEBM" : "MKV";
            case TIMESTAMP_SCALE -> scale = unsigned(size);
            case DURATION -> duration = real(size);
            case DEFAULT_DURATION -> frame = unsigned(size);
            case PIXEL_WIDTH -> readWidth(unsigned(size));
            case PIXEL_HEIGHT -> height = first(height, unsigned(size));
            case DISPLAY_WIDTH -> shownWidth = first(shownWidth, unsigned(size));
            case DISPLAY_HEIGHT -> shownHeight = first(shownHeight, unsigned(size));
            case PROJECTION -> {
                projected = true; // which may turn the frames
                in.skipNBytes(size);
            }
            default -> in.skipNBytes(size);
        }
    }

    private static Integer first(Integer known, long pixels) {
        return known == null ? Integer.valueOf((int) pixels) : known;
    }

    private void readWidth(long pixels) {
        if (width == null) {
            width = (int) pixels;
            frameRate = frame > 0 ? NANOS / frame : null;
        }
    }

    /** Reads the id of an element, which has as many bytes as its first one has leading zeros, and one more. */
    private int id() throws IOException {
        return (int) number(false);
    }

    /** Reads a number of variable length. Returns -1 if all of its bits are set, which means unknown. */
    private long number(boolean withoutMarker) throws IOException {
        int first = in.readUnsignedByte();
        int length = Integer.numberOfLeadingZeros(first) - 23;
        if (length > Long.BYTES) {
            throw new EOFException("No length");
        }
        long marker = 0x80L >> length - 1;
        long number = withoutMarker ? first & ~marker : first;
        boolean allSet = (first & marker - 1) == marker - 1;
        for (int i = 1; i < length; i++) {
            int next = in.readUnsignedByte();
            allSet &= next == 0xFF;
            number = number << Byte.SIZE | next;
        }
        return withoutMarker && allSet ? -1 : number;
    }

    private long unsigned(long size) throws IOException {
        if (size > Long.BYTES) {
            throw new EOFException("No number");
        }
        long number = 0;
        for (int i = 0; i < size; i++) {
            number = number << Byte.SIZE | in.readUnsignedByte();
        }
        return number;
    }

    private double real(long size) throws IOException {
        if (size == Float.BYTES) {
            return in.readFloat();
        }
        if (size == Double.BYTES) {
            return in.readDouble();
        }
        throw new EOFException("No number");
    }

    private String text(long size) throws IOException {
        byte[] bytes = in.readNBytes((int) Math.min(size, Long.BYTES));
        in.skipNBytes(size - bytes.length);
        return new String(bytes, StandardCharsets.US_ASCII);
    }
}
