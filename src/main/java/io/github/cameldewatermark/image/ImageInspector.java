package io.github.cameldewatermark.image;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;

/** Looks at a picture by its content, not its name, before money is spent on it. Nothing is decoded. */
public final class ImageInspector {

    /** The largest side that the API takes (section "Remove Watermark" of its document). */
    public static final int MAX_SIDE = 6000;

    /** The largest side of a first refinement (section "Continuing Watermark Removal with Manual Refinement"). */
    public static final int MAX_REFINED_SIDE = 1920;

    private static final String OPERATION = "erase";

    private ImageInspector() {}

    /**
     * Makes sure that a picture can be sent: a whole JPEG of at most {@code maxSide} pixels.
     *
     * @throws DewatermarkInputException it can't; the message says why and what to do
     */
    public static PictureInfo requireJpeg(Content picture, int maxSide) {
        PictureFormat format = format(picture);
        if (format != PictureFormat.JPEG) {
            throw bad(picture, "is " + format.description() + "; the API takes JPEG only, so convert it before");
        }
        PictureInfo info = wholeJpeg(picture);
        if (info.width() == 0 || info.height() == 0) {
            throw bad(picture, "is a JPEG without a size");
        }
        if (info.largestSide() > maxSide) {
            throw bad(
                    picture,
                    "has " + info.width() + " x " + info.height() + " px, but "
                            + (maxSide == MAX_REFINED_SIDE ? "a first refinement" : "the API")
                            + " takes at most " + maxSide + " px on its largest side; scale it down before");
        }
        return info;
    }

    /**
     * Makes sure that a mask is a picture of a kind that can be sent as one: PNG or JPEG.
     *
     * @throws DewatermarkInputException it isn't
     */
    public static void requireMask(Content mask) {
        PictureFormat format = format(mask);
        if (format != PictureFormat.PNG && format != PictureFormat.JPEG) {
            throw bad(mask, "is " + format.description() + "; a mask is a PNG or a JPEG, white where to erase");
        }
    }

    private static PictureFormat format(Content picture) {
        if (picture.length() == 0) {
            throw bad(picture, "is empty");
        }
        try (InputStream in = picture.open()) {
            return PictureFormat.of(in.readNBytes(PictureFormat.HEAD));
        } catch (IOException e) {
            throw unreadable(picture, e);
        }
    }

    private static PictureInfo wholeJpeg(Content picture) {
        try (InputStream in = picture.open()) {
            JpegScanner jpeg = new JpegScanner(in);
            PictureInfo info = jpeg.frame();
            if (!endsWithMarker(picture) && !jpeg.hasEnd()) {
                throw truncated(picture);
            }
            return info;
        } catch (EOFException e) {
            throw truncated(picture);
        } catch (JpegScanner.MalformedException e) {
            throw bad(picture, "is a broken JPEG (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw unreadable(picture, e);
        }
    }

    /** The quick way to see that it is whole; with other bytes after its end, it takes a scan of all of it. */
    private static boolean endsWithMarker(Content picture) throws IOException {
        try (InputStream in = picture.open()) {
            in.skipNBytes(Math.max(0, picture.length() - 2));
            return in.read() == 0xFF && in.read() == JpegScanner.EOI;
        }
    }

    private static DewatermarkInputException truncated(Content picture) {
        return bad(
                picture, "is a JPEG that was cut short; was it still being written? (option readLock of the consumer)");
    }

    private static DewatermarkInputException unreadable(Content picture, IOException cause) {
        return bad(picture, "can't be read (" + cause + ")", cause);
    }

    private static DewatermarkInputException bad(Content picture, String problem) {
        return bad(picture, problem, null);
    }

    private static DewatermarkInputException bad(Content picture, String problem, IOException cause) {
        return new DewatermarkInputException(
                OPERATION, picture.name() + " " + problem + ". Nothing was sent, nothing was charged.", cause);
    }
}
