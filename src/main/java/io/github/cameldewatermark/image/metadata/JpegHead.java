package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.image.header.JpegFrame;
import io.github.cameldewatermark.image.header.JpegSegments;
import io.github.cameldewatermark.image.header.MalformedPictureException;
import io.github.cameldewatermark.image.header.SegmentKind;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The part of a JPEG before its pixels: its size, and the segments with metadata. */
final class JpegHead {

    private final JpegSegments segments;
    private final Map<SegmentKind, List<byte[]>> payloads = new EnumMap<>(SegmentKind.class);
    private int afterStart;
    private int kept;
    private JpegFrame frame;

    private JpegHead(InputStream in) {
        this.segments = new JpegSegments(in);
    }

    /**
     * Reads up to the first scan. Segments without metadata are skipped.
     *
     * @throws EOFException              if the JPEG ends before
     * @throws MalformedPictureException if it isn't a JPEG, or is broken
     */
    static JpegHead read(InputStream in) throws IOException {
        JpegHead head = new JpegHead(in);
        head.read();
        return head;
    }

    /** Returns the payloads, without their id, of all segments of a kind, in their order. */
    List<byte[]> payloads(SegmentKind kind) {
        return payloads.getOrDefault(kind, List.of());
    }

    boolean has(SegmentKind kind) {
        return payloads.containsKey(kind);
    }

    JpegFrame frame() {
        return frame;
    }

    /** Returns the position for metadata: after the start of the image and the JFIF segment, which must be the first. */
    int afterStart() {
        return afterStart;
    }

    private void read() throws IOException {
        segments.start();
        afterStart = segments.position();
        int marker = marker();
        while (marker != JpegSegments.SOS) {
            boolean leading = marker == JpegSegments.APP0 && afterStart == segments.position() - 2;
            segment(marker);
            if (leading) {
                afterStart = segments.position();
            }
            marker = marker();
        }
        if (frame == null || frame.components() == 0) {
            throw new MalformedPictureException("no frame header before the picture data");
        }
    }

    private int marker() throws IOException {
        int marker = segments.marker();
        if (marker < 0xC0 || marker >= 0xD0 && marker <= 0xD9) { // reserved markers, and those without a length
            throw new MalformedPictureException("an unexpected marker");
        }
        return marker;
    }

    private void segment(int marker) throws IOException {
        int length = segments.length();
        byte[] start = segments.read(Math.min(length, SegmentKind.LONGEST_ID));
        SegmentKind kind = SegmentKind.of(marker, start);
        if (kind != null && kept + length <= Metadata.MAX_KEPT) {
            kept += length;
            payloads.computeIfAbsent(kind, k -> new ArrayList<>()).add(segments.read(start, kind.idLength(), length));
        } else {
            if (JpegFrame.isMarkedBy(marker)) {
                frame = JpegFrame.of(start);
            }
            segments.skip(length - start.length);
        }
    }
}
