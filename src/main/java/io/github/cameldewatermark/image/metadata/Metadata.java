package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.container.Exif;
import io.github.cameldewatermark.image.container.JpegSegments.Kind;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.JpegHeader;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.PictureHeader;
import io.github.cameldewatermark.image.header.PictureInfo;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The metadata of a picture that are worth carrying over.
 *
 * @param exif      the Exif data, a TIFF structure; {@code null} if there are none
 * @param xmp       the XMP packet; {@code null} if there is none
 * @param photoshop the image resources of Photoshop, which include IPTC; {@code null} if there are none
 * @param profile   the ICC profile; {@code null} if there is none
 * @param sent      what the picture is, if it was sent as it is stored; {@code null} if a copy was sent, which is upright
 */
record Metadata(byte[] exif, byte[] xmp, byte[] photoshop, byte[] profile, PictureInfo sent) {

    private static final int RESOURCE = 0x3842494D; // 8BIM
    private static final int IPTC = 0x0404;
    private static final int THUMBNAIL = 0x0409;
    private static final int NEWER_THUMBNAIL = 0x040C;

    private static final int MAX_PROFILE_PARTS = 255;

    /** Drops what is of no use. */
    Metadata {
        exif = Exif.of(exif) == null ? null : exif;
        // A packet that is too large for a segment isn't searched either: for a malicious one, that could take minutes.
        xmp = xmp != null && xmp.length <= Kind.XMP.capacity() ? xmp : null;
        byte[] resources = photoshop == null ? new byte[0] : withoutThumbnails(photoshop);
        photoshop = resources.length == 0 ? null : resources;
    }

    /**
     * Reads the metadata of a picture, without decoding its pixels.
     *
     * @param  converted   whether a copy of the picture was sent, which is upright and in sRGB
     * @throws IOException if the picture can't be read, or is broken
     */
    static Metadata of(Content picture, boolean converted) throws IOException {
        PictureFormat format = PictureFormat.of(picture);
        if (format == PictureFormat.TIFF) {
            return TiffMetadata.read(picture);
        }
        PictureHeader header = ImageInspector.read(picture, format);
        boolean copied = converted || format != PictureFormat.JPEG;
        return new Metadata(
                header.exif(),
                header.xmp(),
                header.photoshop(),
                copied ? null : header.profile(),
                copied ? null : header.info());
    }

    boolean isEmpty() {
        return exif == null && xmp == null && photoshop == null && profile == null;
    }

    /**
     * Returns the segments that a result lacks.
     *
     * @param upright whether the pixels of the result are upright, whatever the orientation of the original is
     */
    byte[] segmentsFor(JpegHeader result, boolean upright) {
        ByteArrayOutputStream segments = new ByteArrayOutputStream();
        if (exif != null && !result.has(Kind.EXIF) && exif.length <= Kind.EXIF.capacity()) {
            segments.writeBytes(Kind.EXIF.segment(exifFor(result, upright)));
        }
        if (xmp != null && !result.has(Kind.XMP)) {
            segments.writeBytes(Kind.XMP.segment(Xmp.adjusted(xmp, upright)));
        }
        if (photoshop != null && !result.has(Kind.PHOTOSHOP)) {
            int size = Kind.PHOTOSHOP.capacity();
            for (int from = 0; from < photoshop.length; from += size) {
                byte[] part = Arrays.copyOfRange(photoshop, from, Math.min(photoshop.length, from + size));
                segments.writeBytes(Kind.PHOTOSHOP.segment(part));
            }
        }
        if (profile != null
                && !result.has(Kind.ICC)
                && components(profile) == result.frame().components()) {
            addProfile(segments);
        }
        return segments.toByteArray();
    }

    private byte[] exifFor(JpegHeader result, boolean upright) {
        Exif adjusted = Exif.of(exif);
        adjusted.removeThumbnail();
        adjusted.setSize(result.frame().width(), result.frame().height());
        if (upright) {
            adjusted.setOrientation(Orientation.UPRIGHT);
        }
        return adjusted.bytes();
    }

    /** Adds the profile in parts, each of which begins with its number and the number of all parts. */
    private void addProfile(ByteArrayOutputStream segments) {
        int size = Kind.ICC.capacity() - 2;
        int count = (profile.length + size - 1) / size;
        for (int i = 0; i < count && count <= MAX_PROFILE_PARTS; i++) {
            byte[] part = new byte[2 + Math.min(size, profile.length - i * size)];
            part[0] = (byte) (i + 1);
            part[1] = (byte) count;
            System.arraycopy(profile, i * size, part, 2, part.length - 2);
            segments.writeBytes(Kind.ICC.segment(part));
        }
    }

    /** Returns how many components a picture with this profile has; 0 if it is broken. */
    private static int components(byte[] profile) {
        try {
            return ICC_Profile.getInstance(profile).getNumComponents();
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    /**
     * Returns image resources (section "Image Resource Blocks" of Photoshop's file format) without thumbnails, which still show
     * the watermark, and up to the first broken resource.
     */
    private static byte[] withoutThumbnails(byte[] resources) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        ByteBuffer in = ByteBuffer.wrap(resources);
        try {
            while (in.remaining() >= 12 && in.getInt(in.position()) == RESOURCE) {
                int start = in.position();
                int id = Short.toUnsignedInt(in.getShort(start + 4));
                int name = Byte.toUnsignedInt(in.get(start + 6));
                int data = start + 6 + even(name + 1);
                int length = in.getInt(data);
                if (length < 0 || length > in.limit() - data - 4) {
                    break;
                }
                int end = Math.min(in.limit(), data + 4 + even(length));
                if (id != THUMBNAIL && id != NEWER_THUMBNAIL) {
                    kept.write(resources, start, end - start);
                }
                in.position(end);
            }
        } catch (IndexOutOfBoundsException e) {
            // the resources are cut off
        }
        return kept.toByteArray();
    }

    static byte[] photoshopOfIptc(byte[] iptc) {
        return ByteBuffer.allocate(12 + even(iptc.length))
                .putInt(RESOURCE)
                .putShort((short) IPTC)
                .putShort((short) 0) // no name
                .putInt(iptc.length)
                .put(iptc)
                .array();
    }

    static int even(int length) {
        return length + length % 2;
    }
}
