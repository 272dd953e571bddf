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
 * The colour profile that a picture brings along (ICC.1). A JPEG has it cut into segments (annex B.4): each has its number and
 * how many there are.
 */
public final class IccProfile {

    /** More than any has. */
    static final int MOST = 4 * 1024 * 1024;

    static final int MAX_PARTS = 255;

    private static final int COLOUR_SPACE = 16;
    private static final int SIGNATURE = 36;
    private static final int HEADER = 128;

    private IccProfile() {}

    /**
     * The colours of a picture as its profile defines them, or {@code null} if it has none.
     *
     * @throws RefusedPictureException the profile is broken: without it, the colours would be wrong
     */
    public static ICC_ColorSpace of(Content picture, PictureInfo info) throws IOException {
        byte[] profile = bytes(picture, info.format());
        if (profile == null) {
            return null;
        }
        try {
            ICC_ColorSpace colors = new ICC_ColorSpace(ICC_Profile.getInstance(profile));
            colors.toRGB(new float[colors.getNumComponents()]); // some show it only when they are used
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

    /** The whole of it; {@code null} if it has no parts, empty if one is missing or too many. */
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

    /** The payloads of the segments of a profile. */
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

    /** How many components a picture has that it is for; 0 if it is no profile for pictures. */
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
