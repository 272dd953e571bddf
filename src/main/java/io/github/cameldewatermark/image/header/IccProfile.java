package io.github.cameldewatermark.image.header;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.github.cameldewatermark.client.Content;
import java.awt.color.CMMException;
import java.awt.color.ICC_ColorSpace;
import java.awt.color.ICC_Profile;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * The colour profile that is embedded in a picture (ICC.1). In a JPEG it is split into segments (annex B.4), each of which
 * begins with its number and the number of all segments.
 */
public final class IccProfile {

    /** The largest profile that is read, in bytes; real profiles are smaller. */
    static final int MOST = 4 * 1024 * 1024;

    static final int MAX_PARTS = 255;

    private static final int COLOUR_SPACE = 16;
    private static final int SIGNATURE = 36;
    private static final int HEADER = 128;

    private IccProfile() {}

    /**
     * Returns the colour space that the profile of a picture defines, or {@code null} if the picture has no profile.
     *
     * @throws RefusedPictureException if the profile is broken, because without it the colours would be wrong
     */
    public static ICC_ColorSpace of(Content picture, PictureInfo info) throws IOException {
        byte[] profile = bytes(picture, info.format());
        if (profile == null) {
            return null;
        }
        try {
            ICC_ColorSpace colors = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
            colors.toRGB(new float[colors.getNumComponents()]); // some broken profiles fail only when they are used
            return colors;
        } catch (IllegalArgumentException | CMMException e) {
            throw new RefusedPictureException("is " + info.format().description()
                    + " with a broken colour profile (ICC); save it anew, as sRGB or without a profile");
        }
    }

    private static byte[] bytes(Content picture, PictureFormat format) throws IOException {
        if (format == PictureFormat.TIFF) {
            return TiffHeader.profile(picture);
        }
        try (InputStream in = picture.open()) {
            return switch (format) {
                case JPEG -> JpegScanner.profile(in);
                case PNG -> PngHeader.profile(in);
                case WEBP -> WebpHeader.profile(in);
                default -> null;
            };
        }
    }

    /** Joins the parts of a profile; {@code null} if there are no parts, empty if a part is missing or superfluous. */
    public static byte[] join(List<byte[]> parts) {
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

    /** Splits a profile into the payloads of its segments. */
    public static List<byte[]> split(byte[] profile) {
        int capacity = SegmentKind.ICC.capacity() - 2;
        int count = (profile.length + capacity - 1) / capacity;
        List<byte[]> parts = new ArrayList<>();
        for (int i = 0; i < count && count <= MAX_PARTS; i++) {
            byte[] part = new byte[2 + Math.min(capacity, profile.length - i * capacity)];
            part[0] = (byte) (i + 1);
            part[1] = (byte) count;
            System.arraycopy(profile, i * capacity, part, 2, part.length - 2);
            parts.add(part);
        }
        return parts;
    }

    /** Returns how many components a picture with this profile has: 3 or 1, or 0 if the profile isn't for RGB or grey. */
    public static int components(byte[] profile) {
        if (profile.length < HEADER || !"acsp".equals(text(profile, SIGNATURE))) {
            return 0;
        }
        return switch (text(profile, COLOUR_SPACE)) {
            case "RGB " -> 3;
            case "GRAY" -> 1;
            default -> 0;
        };
    }

    private static String text(byte[] profile, int at) {
        return new String(Arrays.copyOfRange(profile, at, at + 4), US_ASCII);
    }
}
