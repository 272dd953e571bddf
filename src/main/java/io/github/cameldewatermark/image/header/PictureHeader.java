package io.github.cameldewatermark.image.header;

/**
 * What is in the file of a picture besides its pixels. Each block of metadata is {@code null} if there is none, and unchecked.
 *
 * @param info      what the picture is
 * @param exif      the Exif data, a TIFF structure; {@code null} for a TIFF, too, which is one itself
 * @param xmp       the XMP packet; {@code null} for a TIFF, too
 * @param photoshop the image resources of Photoshop; {@code null} for a TIFF, too
 * @param profile   the ICC profile; empty if it is incomplete
 */
public record PictureHeader(PictureInfo info, byte[] exif, byte[] xmp, byte[] photoshop, byte[] profile) {

    /** How many bytes of metadata are kept at most; real profiles are smaller. */
    public static final int MAX_KEPT = 4 * 1024 * 1024;

    /** How many bytes of a block are read at most from formats other than JPEG: more than fit in the segment of a JPEG. */
    static final int MAX_BLOCK = 64 * 1024;

    PictureHeader(PictureInfo info) {
        this(info, null, null, null, null);
    }
}
