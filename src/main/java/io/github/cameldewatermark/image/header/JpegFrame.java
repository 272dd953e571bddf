package io.github.cameldewatermark.image.header;

/**
 * What the frame header of a JPEG says (ITU-T T.81, B.2.2).
 *
 * @param width      in pixels, as stored
 * @param height     in pixels, as stored
 * @param components of colour
 */
public record JpegFrame(int width, int height, int components) {

    private static final int LENGTH = 6;

    /** Whether the segment of a marker is a frame header: SOF0 to SOF15, among which DHT, JPG and DAC are none. */
    public static boolean isMarkedBy(int marker) {
        return marker >= 0xC0 && marker <= 0xCF && marker != 0xC4 && marker != 0xC8 && marker != 0xCC;
    }

    /**
     * @param payload of the segment, or the beginning of it
     */
    public static JpegFrame of(byte[] payload) throws MalformedPictureException {
        if (payload.length < LENGTH) {
            throw new MalformedPictureException("a segment has an impossible length");
        }
        // the bits of a sample come first
        return new JpegFrame(twoBytes(payload, 3), twoBytes(payload, 1), payload[5] & 0xFF);
    }

    private static int twoBytes(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) << 8 | bytes[at + 1] & 0xFF;
    }
}
