package io.github.cameldewatermark.clip;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkFormatException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.PictureFormat;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/** Checks a clip by its first bytes and its header, not its name, before it is uploaded. */
public final class ClipInspector {

    /** Less than the header of any clip. */
    private static final int SHORTEST = 32;

    /** The first box of an MP4 or MOV, with its length. */
    private static final Pattern MP4 = Pattern.compile("(?s).{4}[a-z]{4}");

    private static final String OPERATION = "video";

    private ClipInspector() {}

    /**
     * Inspects a file that is to be cleaned as a clip. What is neither known to be a clip nor to be something else passes.
     *
     * @throws DewatermarkFormatException if it is something else
     * @throws DewatermarkInputException if it is damaged, or can't be read; the message says why and what to do
     */
    public static ClipInfo inspect(Content clip) {
        try {
            PictureFormat format = PictureFormat.of(clip);
            if (format == PictureFormat.CLIP) {
                return info(clip);
            }
            if (format != PictureFormat.UNKNOWN) {
                String advice =
                        format.isConvertible() ? "; send it to dewatermark:erase" : " and no clip; get the clip itself";
                throw new DewatermarkFormatException(OPERATION, clip.name() + " is " + format.description() + advice);
            }
            if (clip.length() < SHORTEST) {
                throw refusal(clip, "has only " + clip.length() + " bytes, which can't be a clip", null);
            }
            if (head(clip).chars().allMatch(b -> b == 0)) {
                throw refusal(
                        clip, "begins with zeros; was it still being written? (option readLock of the consumer)", null);
            }
            return ClipInfo.UNKNOWN;
        } catch (IOException e) {
            throw refusal(clip, "can't be read (" + e + ")", e);
        }
    }

    private static ClipInfo info(Content clip) throws IOException {
        String head = head(clip);
        try (InputStream in = new BufferedInputStream(clip.open())) {
            if (head.startsWith("\u001AE")) {
                return new MatroskaHeader(in).read();
            }
            return MP4.matcher(head).lookingAt() ? new Mp4Header(in, clip.length()).read() : ClipInfo.UNKNOWN;
        } catch (EOFException e) {
            throw refusal(
                    clip,
                    "is a clip without an index, so it was cut short or is damaged; was it still being written? (option"
                            + " readLock of the consumer)",
                    e);
        }
    }

    private static String head(Content clip) throws IOException {
        try (InputStream in = clip.open()) {
            return new String(in.readNBytes(SHORTEST), StandardCharsets.ISO_8859_1);
        }
    }

    private static DewatermarkInputException refusal(Content clip, String problem, Throwable cause) {
        return new DewatermarkInputException(OPERATION, clip.name() + " " + problem, cause);
    }
}
