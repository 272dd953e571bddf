package io.github.cameldewatermark.image;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What comes before the pixels of a JPEG (ITU-T T.81, annex B): its size, and the segments with metadata. */
final class JpegHead {

    private static final int SOI = 0xFFD8;
    private static final int SOS = 0xDA;
    private static final int APP0 = 0xE0;

    private final DataInputStream in;
    private final Map<SegmentKind, List<byte[]>> payloads = new EnumMap<>(SegmentKind.class);
    private int position = 2;
    private int afterStart = 2;
    private int kept;
    private int width;
    private int height;
    private int components;

    private JpegHead(InputStream in) {
        this.in = new DataInputStream(in);
    }

    /**
     * Reads up to the first scan. Segments of no interest are skipped.
     *
     * @throws EOFException                    it ends before
     * @throws MalformedPictureException it isn't a JPEG, or a broken one
     */
    static JpegHead read(InputStream in) throws IOException {
        JpegHead head = new JpegHead(in);
        head.read();
        return head;
    }

    /** What the segments of a kind have after their id, in their order. */
    List<byte[]> payloads(SegmentKind kind) {
        return payloads.getOrDefault(kind, List.of());
    }

    boolean has(SegmentKind kind) {
        return payloads.containsKey(kind);
    }

    int width() {
        return width;
    }

    int height() {
        return height;
    }

    int components() {
        return components;
    }

    /** Where metadata belong: after the start of the image and the segment of JFIF, which has to be the first. */
    int afterStart() {
        return afterStart;
    }

    private void read() throws IOException {
        if (in.readUnsignedShort() != SOI) {
            throw new MalformedPictureException("no start of image");
        }
        int marker = marker();
        while (marker != SOS) {
            boolean leading = marker == APP0 && afterStart == position - 2;
            segment(marker);
            if (leading) {
                afterStart = position;
            }
            marker = marker();
        }
        if (components == 0) {
            throw new MalformedPictureException("no frame header before the picture data");
        }
    }

    private int marker() throws IOException {
        int b = in.readUnsignedByte();
        if (b != 0xFF) {
            throw new MalformedPictureException("a marker is missing between its segments");
        }
        position++;
        while (b == 0xFF) {
            b = in.readUnsignedByte();
            position++;
        }
        if (b < 0xC0 || b >= 0xD0 && b <= 0xD9) { // those without a length, and what is reserved
            throw new MalformedPictureException("an unexpected marker");
        }
        return b;
    }

    private void segment(int marker) throws IOException {
        int length = in.readUnsignedShort() - 2;
        if (length < 0) {
            throw new MalformedPictureException("a segment has an impossible length");
        }
        position += 2 + length;
        byte[] start = new byte[Math.min(length, SegmentKind.LONGEST_ID)];
        in.readFully(start);
        SegmentKind kind = SegmentKind.of(marker, start);
        if (kind != null && kept + length <= Metadata.MAX_KEPT) {
            keep(kind, start, length);
        } else {
            if (isFrame(marker) && length >= 6) {
                height = (start[1] & 0xFF) << 8 | start[2] & 0xFF;
                width = (start[3] & 0xFF) << 8 | start[4] & 0xFF;
                components = start[5] & 0xFF;
            }
            in.skipNBytes(length - start.length);
        }
    }

    private void keep(SegmentKind kind, byte[] start, int length) throws IOException {
        kept += length;
        byte[] payload = new byte[length - kind.idLength()];
        int there = start.length - kind.idLength();
        System.arraycopy(start, kind.idLength(), payload, 0, there);
        in.readFully(payload, there, payload.length - there);
        payloads.computeIfAbsent(kind, k -> new ArrayList<>()).add(payload);
    }

    private static boolean isFrame(int marker) {
        // SOF0 to SOF15, among which DHT, JPG and DAC are none
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }
}
