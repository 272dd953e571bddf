package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.container.Exif;
import io.github.cameldewatermark.image.container.JpegSegments;
import io.github.cameldewatermark.image.container.JpegSegments.Kind;
import io.github.cameldewatermark.image.container.JpegSegments.Segment;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.PictureInfo.PixelLayout;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import javax.imageio.IIOException;

/** The part of a JPEG before its pixels: its size, and the segments with metadata. */
public final class JpegHeader {

    private final JpegSegments segments;
    private final Map<Kind, List<byte[]>> metadata = new EnumMap<>(Kind.class);
    private int kept;
    private int afterStart;
    private Segment frame;
    private boolean adobe;
    private boolean jfif;

    private JpegHeader(InputStream in) throws IOException {
        this.segments = new JpegSegments(in);
        this.afterStart = (int) segments.position();
    }

    /**
     * Reads up to the pixels.
     *
     * @param in is read byte by byte, so it should be buffered
     * @throws EOFException if the JPEG ends before
     * @throws IIOException if it isn't a JPEG, or is broken
     */
    public static JpegHeader read(InputStream in) throws IOException {
        JpegHeader header = new JpegHeader(in);
        header.read();
        return header;
    }

    /** Whether a JPEG has its end, so that it wasn't cut short. */
    static boolean hasEnd(Content jpeg) throws IOException {
        try (InputStream in = jpeg.open()) {
            in.skipNBytes(Math.max(0, jpeg.length() - 2));
            if (in.read() == 0xFF && in.read() == JpegSegments.EOI) {
                return true;
            }
        }
        // other bytes may follow the end, so the whole picture must be scanned
        try (InputStream in = new BufferedInputStream(jpeg.open())) {
            JpegSegments segments = new JpegSegments(in);
            Segment segment;
            do {
                segment = segments.next();
            } while (segment.marker() != JpegSegments.EOI);
            return true;
        } catch (EOFException | IIOException e) {
            return false;
        }
    }

    /**
     * Returns the length of a JPEG without end up to what can't belong to it, such as a clip that was appended. The file may have
     * been cut short before.
     */
    public static long lengthWithoutTrailer(Content jpeg) throws IOException {
        try (InputStream in = new BufferedInputStream(jpeg.open())) {
            return new JpegSegments(in).endOfScans();
        } catch (EOFException | IIOException e) {
            return jpeg.length();
        }
    }

    /** Returns what the frame header says; the picture is upright, as only the Exif data would tell otherwise. */
    public PictureInfo frame() {
        return info(Orientation.UPRIGHT, true);
    }

    private PictureInfo info(Orientation orientation, boolean wellFormed) {
        byte[] fields = frame.payload(); // the first one is the number of bits of a sample
        int height = (fields[1] & 0xFF) << 8 | fields[2] & 0xFF;
        int width = (fields[3] & 0xFF) << 8 | fields[4] & 0xFF;
        int components = fields[5] & 0xFF;
        return new PictureInfo(
                PictureFormat.JPEG,
                width,
                height,
                components,
                orientation,
                PixelLayout.inOrder(components == 1 ? 1 : 3),
                wellFormed);
    }

    /** Whether it says what its three components are. If not, they are Y, Cb and Cr, but not every decoder takes them for that. */
    public boolean saysColours() {
        return frame().components() != 3 || adobe || jfif || hasUsualIds();
    }

    /** Whether the components are 1, 2 and 3, as of Y, Cb and Cr, or R, G and B. */
    private boolean hasUsualIds() {
        byte[] fields = frame.payload();
        if (fields.length < 15) {
            return true;
        }
        String ids = new String(new byte[] {fields[6], fields[9], fields[12]}, StandardCharsets.ISO_8859_1);
        return ids.equals("\1\2\3") || ids.equals("RGB");
    }

    public boolean has(Kind kind) {
        return metadata.containsKey(kind);
    }

    /** Returns the position for further metadata: after the start of the image and the JFIF segment, which must be the first. */
    public int afterStart() {
        return afterStart;
    }

    /**
     * Returns what was read.
     *
     * @param wellFormed whether the rest of the JPEG is known to be so
     * @throws DewatermarkInputException if it is of a kind that neither the platform nor the decoder is known to take
     */
    PictureHeader picture(Content jpeg, boolean wellFormed) throws IOException {
        if (!wellFormed) {
            ZeroTail.requireNone(jpeg, PictureFormat.JPEG, true);
        }
        int bits = frame.payload()[0];
        if (!frame.isUsualFrame() || bits != 8) {
            throw Refusal.of(
                    jpeg,
                    "is a JPEG "
                            + (frame.isUsualFrame()
                                    ? "with " + bits + " bits per sample"
                                    : "of a lossless, arithmetic or hierarchical process")
                            + ", which hardly any program can read; save it as an ordinary JPEG first");
        }
        if (frame().components() == 4 && !adobe) {
            throw Refusal.of(
                    jpeg,
                    "is a JPEG of four colours that doesn't say which (no Adobe segment); save it as a JPEG in RGB first");
        }
        byte[] exif = first(Kind.EXIF);
        ByteArrayOutputStream photoshop = new ByteArrayOutputStream();
        all(Kind.PHOTOSHOP).forEach(photoshop::writeBytes);
        return new PictureHeader(
                info(Exif.orientation(exif), wellFormed && !segments.hasStrayBytes()),
                exif,
                first(Kind.XMP),
                photoshop.size() == 0 ? null : photoshop.toByteArray(),
                joined(all(Kind.ICC)));
    }

    private List<byte[]> all(Kind kind) {
        return metadata.getOrDefault(kind, List.of());
    }

    private byte[] first(Kind kind) {
        return has(kind) ? all(kind).get(0) : null;
    }

    private void read() throws IOException {
        try {
            Segment segment = segments.next();
            if (segment.marker() == JpegSegments.APP0) {
                afterStart = (int) segments.position();
            }
            while (segment.marker() != JpegSegments.SOS && segment.marker() != JpegSegments.EOI) {
                read(segment);
                segment = segments.next();
            }
        } catch (EOFException | IIOException e) {
            if (frame == null) { // what comes after it is a matter of the decoder
                throw e;
            }
        }
        if (frame == null) {
            throw new IIOException("no frame header before the picture data");
        }
    }

    private void read(Segment segment) throws IOException {
        Kind kind = segment.kind();
        adobe |= segment.isAdobe();
        jfif |= segment.isJfif();
        if (segment.isFrame() && frame == null) {
            if (segment.payload().length < 6) {
                throw new IIOException("a segment has an impossible length");
            }
            frame = segment;
        } else if (kind != null) {
            byte[] content = kind.withoutId(segment.payload());
            if (content.length <= PictureHeader.MAX_KEPT - kept) {
                kept += content.length;
                metadata.computeIfAbsent(kind, k -> new ArrayList<>()).add(content);
            }
        }
    }

    /** Joins the parts of a profile; {@code null} if there are no parts, empty if a part is missing or superfluous. */
    static byte[] joined(List<byte[]> parts) {
        if (parts.isEmpty()) {
            return null;
        }
        List<byte[]> sorted = new ArrayList<>(parts);
        sorted.removeIf(part -> part.length < 2);
        sorted.sort(Comparator.comparingInt(part -> Byte.toUnsignedInt(part[0])));
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        for (int i = 0; i < sorted.size(); i++) {
            byte[] part = sorted.get(i);
            if (Byte.toUnsignedInt(part[0]) != i + 1 || Byte.toUnsignedInt(part[1]) != sorted.size()) {
                return new byte[0];
            }
            profile.write(part, 2, part.length - 2);
        }
        return profile.toByteArray();
    }
}
