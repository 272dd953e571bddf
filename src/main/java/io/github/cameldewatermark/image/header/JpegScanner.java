package io.github.cameldewatermark.image.header;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;

/** Reads a JPEG without decoding it: its size, orientation and colour profile, and whether it is complete. */
final class JpegScanner {

    private final JpegSegments segments;
    private List<byte[]> profile;
    private Orientation orientation = Orientation.UPRIGHT;

    /**
     * @param in the JPEG; is read byte by byte, so it should be buffered
     */
    JpegScanner(InputStream in) {
        this.segments = new JpegSegments(in);
    }

    /**
     * Reads up to the frame header; returns what it and the Exif data before it say.
     *
     * @throws EOFException              if the picture ends before
     * @throws MalformedPictureException if it isn't a JPEG
     * @throws IOException               if it can't be read
     */
    PictureInfo frame() throws IOException {
        segments.start();
        int marker = segments.marker();
        while (!JpegFrame.isMarkedBy(marker)) {
            if (marker == JpegSegments.EOI || marker == JpegSegments.SOS) {
                throw new MalformedPictureException("no frame header before the picture data");
            }
            if (JpegSegments.hasPayload(marker)) {
                segment(marker);
            }
            marker = segments.marker();
        }
        JpegFrame frame = JpegFrame.of(segments.read(segments.length()));
        return new PictureInfo(
                PictureFormat.JPEG,
                frame.width(),
                frame.height(),
                frame.components(),
                orientation,
                PixelLayout.inOrder(frame.components() == 1 ? 1 : 3));
    }

    /** Reads the colour profile before the frame header; returns the same as {@link IccProfile#join}. */
    static byte[] profile(InputStream in) throws IOException {
        JpegScanner jpeg = new JpegScanner(new BufferedInputStream(in));
        jpeg.profile = new ArrayList<>();
        jpeg.frame();
        return IccProfile.join(jpeg.profile);
    }

    private void segment(int marker) throws IOException {
        int length = segments.length();
        byte[] start = segments.read(Math.min(length, SegmentKind.LONGEST_ID));
        SegmentKind kind = SegmentKind.of(marker, start);
        if (kind == SegmentKind.EXIF) {
            orientation =
                    Exif.view(segments.read(start, kind.idLength(), length)).orientation();
        } else if (kind == SegmentKind.ICC && profile != null && profile.size() <= IccProfile.MAX_PARTS) {
            profile.add(segments.read(start, kind.idLength(), length));
        } else {
            segments.skip(length - start.length);
        }
    }

    /** Whether there is an end-of-image marker; reads the rest of the picture. To be called after {@link #frame()}. */
    boolean hasEnd() throws IOException {
        try {
            int marker = segments.marker();
            while (marker != JpegSegments.EOI) {
                if (JpegSegments.hasPayload(marker)) {
                    segments.skip(segments.length());
                }
                marker = marker == JpegSegments.SOS ? segments.markerAfterScan() : segments.marker();
            }
            return true;
        } catch (EOFException e) {
            return false;
        }
    }
}
