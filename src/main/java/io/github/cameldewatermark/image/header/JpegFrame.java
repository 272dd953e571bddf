package io.github.cameldewatermark.image.header;

/**
 * The content of the frame header of a JPEG (ITU-T T.81, B.2.2).
 *
 * @param width      the stored width in pixels
 * @param height     the stored height in pixels
 * @param components the number of colour components
 */
public record JpegFrame(int width, int height, int components) {

    private static final int LENGTH = 6;

    /** Whether the segment of a marker is a frame header: SOF0 to SOF15, except DHT, JPG and DAC in the same range. */
    public static boolean isMarkedBy(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /**
     * Reads a frame header.
     *
     * @param payload the payload of its segment, or the beginning of it
     */
    public static JpegFrame of(byte[] payload) throws MalformedPictureException {
        if (payload.length < LENGTH) {
            throw new MalformedPictureException("a segment has an impossible length");
        }
        // byte 0 is the number of bits of a sample
        return new JpegFrame(twoBytes(payload, 3), twoBytes(payload, 1), payload[5] & 0xFF);
    }

    private static int twoBytes(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }
}
