package io.github.cameldewatermark.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Reads the answer to an erase call: the picture is decoded as it arrives, straight into a stream; the masks, which are
 * small, into memory.
 */
final class EraseAnswerReader {

    private static final int MAX_ID = 4096;
    private static final int MAX_DEPTH = 64;
    private static final int MAX_MASK = 32 * 1024 * 1024;

    private final JsonScanner json;
    private final OutputStream image;
    private long imageLength;
    private String sessionId;
    private String imageId;
    private String eventId;
    private byte[] mask;
    private byte[] watermarkMask;

    private EraseAnswerReader(InputStream in, OutputStream image) {
        this.json = new JsonScanner(in, MAX_ID, MAX_DEPTH);
        this.image = image;
    }

    /**
     * @param  image       where the bytes of the picture go
     * @throws IOException the answer isn't JSON, lacks the picture, has broken base64, or ends early; some bytes may
     *                     have been written to {@code image} by then
     */
    static EraseAnswer read(InputStream in, OutputStream image) throws IOException {
        EraseAnswerReader reader = new EraseAnswerReader(in, image);
        if (reader.json.token() != '{') {
            throw new IOException("not a JSON object");
        }
        reader.json.object(reader::answerMember);
        if (reader.imageLength == 0) {
            throw new IOException("the field edited_image.image is missing or empty");
        }
        return new EraseAnswer(reader.sessionId, reader.imageId, reader.eventId, reader.mask, reader.watermarkMask);
    }

    private void answerMember(String name, int first) throws IOException {
        if (name.equals("edited_image") && first == '{') {
            json.object(this::imageMember);
        } else if (name.equals("session_id") && first == '"') {
            sessionId = json.text();
        } else if (name.equals("event_id") && first == '"') {
            eventId = json.text();
        } else {
            json.skip(first);
        }
    }

    private void imageMember(String name, int first) throws IOException {
        if (first != '"') {
            json.skip(first);
            return;
        }
        switch (name) {
            case "image" -> image();
            case "image_id" -> imageId = json.text();
            case "mask" -> mask = mask();
            case "watermark_mask" -> watermarkMask = mask();
            default -> json.skip(first);
        }
    }

    private void image() throws IOException {
        if (imageLength > 0) {
            throw new IOException("the field edited_image.image comes twice");
        }
        imageLength = json.base64(image);
    }

    private byte[] mask() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        json.base64(new LimitedOutputStream(bytes, MAX_MASK));
        return bytes.size() == 0 ? null : bytes.toByteArray();
    }
}
