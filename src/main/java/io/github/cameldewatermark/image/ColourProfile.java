package io.github.cameldewatermark.image;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** An ICC profile, and how it is cut into segments (ICC.1, annex B.4): each has its number and how many there are. */
final class ColourProfile {

    private static final int COLOUR_SPACE = 16;
    private static final int SIGNATURE = 36;
    private static final int HEADER = 128;
    private static final int MAX_PARTS = 255;

    private ColourProfile() {}

    /** The whole of it; {@code null} if there is none, a part is missing, or it is no profile. */
    static byte[] join(List<byte[]> parts) {
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        List<byte[]> sorted = new ArrayList<>(parts);
        sorted.removeIf(part -> part.length < 2);
        sorted.sort((a, b) -> Byte.toUnsignedInt(a[0]) - Byte.toUnsignedInt(b[0]));
        for (int i = 0; i < sorted.size(); i++) {
            byte[] part = sorted.get(i);
            if (Byte.toUnsignedInt(part[0]) != i + 1 || Byte.toUnsignedInt(part[1]) != sorted.size()) {
                return null;
            }
            profile.write(part, 2, part.length - 2);
        }
        byte[] bytes = profile.toByteArray();
        return components(bytes) > 0 ? bytes : null;
    }

    /** The payloads of the segments of a profile. */
    static List<byte[]> split(byte[] profile) {
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
    static int components(byte[] profile) {
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
