package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.IIOException;

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

    /**
     * Reads everything but the pixels, which are only checked for completeness where that is cheap: not in a JPEG.
     *
     * @throws EOFException              if the picture was cut off
     * @throws IIOException              if it is damaged
     * @throws DewatermarkInputException if it is intact, but can't be converted faithfully
     */
    public static PictureHeader read(Content picture, PictureFormat format) throws IOException {
        if (format == PictureFormat.TIFF) {
            return TiffHeader.read(picture);
        }
        try (InputStream in = new BufferedInputStream(picture.open())) {
            return switch (format) {
                case JPEG -> JpegHeader.read(in).picture(picture, JpegHeader.hasEnd(picture));
                case PNG -> PngHeader.read(in);
                case GIF -> GifHeader.read(in);
                case BMP -> BmpHeader.read(in, picture);
                case WEBP -> WebpHeader.read(in, picture);
                default -> throw new IIOException("it is " + format.description());
            };
        }
    }
}
