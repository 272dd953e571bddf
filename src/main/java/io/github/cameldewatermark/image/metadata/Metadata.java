package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.Exif;
import io.github.cameldewatermark.image.header.IccProfile;
import io.github.cameldewatermark.image.header.Orientation;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.SegmentKind;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The metadata of a picture.
 *
 * @param exif      the Exif data, a TIFF structure; {@code null} if there are none
 * @param xmp       the XMP packet; {@code null} if there is none
 * @param photoshop the image resources of Photoshop, which include IPTC; {@code null} if there are none
 * @param profile   the ICC profile; {@code null} if there is none
 * @param width     the width of the stored picture; 0 if it doesn't matter, because the pixels were made upright
 * @param height    the height of the stored picture; 0 like the width
 */
public record Metadata(byte[] exif, byte[] xmp, byte[] photoshop, byte[] profile, int width, int height) {

    /** No metadata. */
    public static final Metadata NONE = new Metadata(null, null, null, null, 0, 0);

    /** How many bytes of metadata are kept at most. */
    static final int MAX_KEPT = 1024 * 1024;

    /** The largest number of chunks that are read; no real picture has more. */
    static final int MAX_CHUNKS = 1_000_000;

    private static final int BUFFER = 4 * 1024;

    /**
     * Reads the metadata of a picture, without decoding its pixels.
     *
     * @throws IOException if the picture can't be read, or is broken
     */
    public static Metadata of(Content picture) throws IOException {
        try (InputStream in = new BufferedInputStream(picture.open(), BUFFER)) {
            in.mark(PictureFormat.HEAD);
            PictureFormat format = PictureFormat.of(in.readNBytes(PictureFormat.HEAD));
            in.reset();
            return switch (format) {
                case JPEG -> ofJpeg(JpegHead.read(in));
                case PNG -> PngMetadata.read(in);
                case WEBP -> WebpMetadata.read(in);
                case TIFF -> TiffMetadata.read(picture);
                default -> NONE;
            };
        }
    }

    /** Returns these metadata for converted pixels, which are upright and in sRGB. */
    public Metadata ofConverted() {
        return new Metadata(exif, xmp, photoshop, null, 0, 0);
    }

    public boolean isEmpty() {
        return exif == null && xmp == null && photoshop == null && profile == null;
    }

    Orientation orientation() {
        return exif == null ? Orientation.UPRIGHT : Exif.view(exif).orientation();
    }

    /**
     * Returns the segments that a result lacks.
     *
     * @param upright whether the pixels of the result are upright, whatever the orientation of the original is
     */
    byte[] segmentsFor(JpegHead result, boolean upright) {
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        if (exif != null && !result.has(SegmentKind.EXIF)) {
            add(segments, SegmentKind.EXIF, List.of(exifFor(result, upright)));
        }
        if (xmp != null && !result.has(SegmentKind.XMP)) {
            add(segments, SegmentKind.XMP, List.of(xmpFor(upright)));
        }
        if (photoshop != null && !result.has(SegmentKind.PHOTOSHOP)) {
            add(segments, SegmentKind.PHOTOSHOP, pieces(photoshop, SegmentKind.PHOTOSHOP.capacity()));
        }
        if (profile != null
                && !result.has(SegmentKind.ICC)
                && IccProfile.components(profile) == result.frame().components()) {
            add(segments, SegmentKind.ICC, IccProfile.split(profile));
        }
        return segments.toByteArray();
    }

    private byte[] exifFor(JpegHead result, boolean upright) {
        Exif adjusted = new Exif(exif);
        adjusted.removeThumbnail();
        adjusted.setSize(result.frame().width(), result.frame().height());
        if (upright) {
            adjusted.setOrientation(Orientation.UPRIGHT);
        }
        return adjusted.bytes();
    }

    private byte[] xmpFor(boolean upright) {
        Xmp adjusted = new Xmp(xmp);
        adjusted.removePictures();
        if (upright) {
            adjusted.setOrientation(Orientation.UPRIGHT);
        }
        return adjusted.bytes();
    }

    /** Adds segments; payloads that are too large for a segment are left out. */
    private static void add(ByteArrayOutputStream segments, SegmentKind kind, List<byte[]> payloads) {
        for (byte[] payload : payloads) {
            if (payload.length <= kind.capacity()) {
                segments.writeBytes(kind.segment(payload));
            }
        }
    }

    private static List<byte[]> pieces(byte[] bytes, int size) {
        List<byte[]> pieces = new ArrayList<>();
        for (int from = 0; from < bytes.length; from += size) {
            pieces.add(Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + size)));
        }
        return pieces;
    }

    private static Metadata ofJpeg(JpegHead head) {
        ByteArrayOutputStream photoshop = new ByteArrayOutputStream();
        head.payloads(SegmentKind.PHOTOSHOP).forEach(photoshop::writeBytes);
        Metadata metadata = of(first(head, SegmentKind.EXIF), first(head, SegmentKind.XMP), photoshop.toByteArray());
        return new Metadata(
                metadata.exif,
                metadata.xmp,
                metadata.photoshop,
                profile(head),
                head.frame().width(),
                head.frame().height());
    }

    /** Returns the metadata of a picture that must be converted. Each part may be {@code null}; useless parts are dropped. */
    static Metadata of(byte[] exif, byte[] xmp, byte[] photoshop) {
        // A packet that is too large for a segment isn't searched either: for a malicious one, that could take minutes.
        boolean fits = xmp != null && xmp.length <= SegmentKind.XMP.capacity();
        byte[] resources = photoshop == null ? new byte[0] : PhotoshopResources.withoutThumbnails(photoshop);
        return new Metadata(
                exif != null && Exif.view(exif).isReadable() ? exif : null,
                fits ? xmp : null,
                resources.length == 0 ? null : resources,
                null,
                0,
                0);
    }

    private static byte[] profile(JpegHead head) {
        byte[] profile = IccProfile.join(head.payloads(SegmentKind.ICC));
        return profile == null || IccProfile.components(profile) == 0 ? null : profile;
    }

    private static byte[] first(JpegHead head, SegmentKind kind) {
        return head.has(kind) ? head.payloads(kind).get(0) : null;
    }
}
