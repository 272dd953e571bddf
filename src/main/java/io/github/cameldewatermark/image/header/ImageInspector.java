package io.github.cameldewatermark.image.header;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.IIOException;

/** Checks a picture by its content, not its name, before money is spent on it. No pixels are decoded. */
public final class ImageInspector {

    /** The largest side in pixels that the API takes (section "Remove Watermark" of its document). */
    public static final int MAX_SIDE = 6000;

    /** The largest side in pixels for a first refinement ("Continuing Watermark Removal with Manual Refinement"). */
    public static final int MAX_REFINED_SIDE = 1920;

    /** Pictures with more pixels are refused, because a header of a few bytes can claim any number of pixels. */
    private static final long MOST_PIXELS = 500_000_000;

    private static final int MOST_SIDE = 65_500;

    private ImageInspector() {}

    /**
     * Inspects a picture that is to be sent, as it is or after a conversion.
     *
     * @throws DewatermarkInputException if it can neither be sent nor be converted; the message says why and what to do
     */
    public static PictureInfo inspect(Content picture) {
        PictureFormat format = format(picture);
        if (!format.isConvertible()) {
            throw Refusal.of(picture, format);
        }
        PictureInfo info = header(picture, format).info();
        if (info.width() < 1 || info.height() < 1) {
            throw Refusal.of(picture, "is " + format.label() + " without a size");
        }
        if (info.largestSide() > MOST_SIDE || (long) info.width() * info.height() > MOST_PIXELS) {
            throw Refusal.of(
                    picture,
                    "claims to have " + info.width() + " x " + info.height() + " px, which is more than the "
                            + MOST_PIXELS / 1_000_000 + " million (and " + MOST_SIDE
                            + " on a side) that can be decoded; scale it down first");
        }
        return info;
    }

    /**
     * Checks that a picture can be sent as it is: a complete JPEG whose sides have at most {@code maxSide} pixels.
     *
     * @throws DewatermarkInputException if it can't; the message says why and what to do
     */
    public static PictureInfo requireJpeg(Content picture, int maxSide) {
        PictureFormat format = format(picture);
        if (format.isConvertible() && format != PictureFormat.JPEG) {
            throw Refusal.of(picture, "is " + format.description() + "; the API takes only JPEG, so convert it first");
        }
        PictureInfo info = inspect(picture);
        if (!info.wellFormed()) {
            throw Refusal.cut(picture, PictureFormat.JPEG, null);
        }
        if (!info.isJpegForApi()) {
            throw Refusal.of(
                    picture, "is a JPEG picture in CMYK; the API takes only RGB and grey, so convert it first");
        }
        requireSide(picture, info, maxSide);
        return info;
    }

    /**
     * Checks that a picture isn't too large to be sent without scaling it.
     *
     * @throws DewatermarkInputException if it is too large
     */
    public static void requireSide(Content picture, PictureInfo info, int maxSide) {
        if (info.largestSide() > maxSide) {
            throw Refusal.of(
                    picture,
                    "has " + info.width() + " x " + info.height() + " px, but "
                            + (maxSide == MAX_REFINED_SIDE ? "a first refinement" : "the API")
                            + " takes at most " + maxSide + " px on its largest side; scale it down first");
        }
    }

    private static PictureFormat format(Content picture) {
        if (picture.length() == 0) {
            throw Refusal.of(picture, "is empty");
        }
        try {
            return PictureFormat.of(picture);
        } catch (IOException e) {
            throw unreadable(picture, e);
        }
    }

    /**
     * Whether a result of the platform is a JPEG or PNG and, as far as its header and its end tell, whole.
     *
     * @throws IOException if it can't be read
     */
    public static boolean isWholeResult(Content result) throws IOException {
        try (InputStream in = new BufferedInputStream(result.open())) {
            return switch (PictureFormat.of(result)) {
                case JPEG -> {
                    JpegHeader.read(in);
                    yield JpegHeader.hasEnd(result);
                }
                case PNG -> {
                    PngHeader.read(in);
                    yield true;
                }
                default -> false;
            };
        } catch (EOFException | IIOException e) {
            return false;
        }
    }

    /**
     * Reads the header of a picture.
     *
     * @throws DewatermarkInputException if it can't be read, is incomplete, or can't be converted faithfully
     */
    public static PictureHeader header(Content picture, PictureFormat format) {
        try {
            return read(picture, format);
        } catch (EOFException e) {
            throw Refusal.cut(picture, format, e);
        } catch (IIOException e) {
            throw Refusal.of(
                    picture,
                    "is " + format.label().replaceFirst(" ", " broken ") + " (" + e.getMessage()
                            + "); get it again or save it again");
        } catch (IOException e) {
            throw unreadable(picture, e);
        }
    }

    /**
     * Reads everything of a picture but its pixels, which are only checked for completeness where that is cheap: not in a JPEG.
     * Does not refuse a picture that can't be read: it may be paid for by now.
     *
     * @throws EOFException              if the picture was cut off
     * @throws IIOException              if it is damaged
     * @throws DewatermarkInputException if it is intact, but can't be converted faithfully
     */
    public static PictureHeader read(Content picture, PictureFormat format) throws IOException {
        try (InputStream in = new BufferedInputStream(picture.open())) {
            return switch (format) {
                case JPEG -> JpegHeader.read(in).picture(picture, JpegHeader.hasEnd(picture));
                case PNG -> PngHeader.read(in);
                case GIF -> GifHeader.read(in);
                case BMP -> BmpHeader.read(in, picture);
                case TIFF -> TiffHeader.read(picture);
                case WEBP -> WebpHeader.read(in, picture);
                default -> throw new IIOException("it is " + format.description());
            };
        }
    }

    private static DewatermarkInputException unreadable(Content picture, IOException cause) {
        return Refusal.of(picture, "can't be read (" + cause + ")", cause);
    }
}
