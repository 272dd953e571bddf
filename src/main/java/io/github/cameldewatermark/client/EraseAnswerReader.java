package io.github.cameldewatermark.client;

import io.github.cameldewatermark.client.http.Base64Chunks;
import io.github.cameldewatermark.client.http.JsonScanner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the answer to an erase call. The picture is decoded into a stream while it arrives; the masks, which are small, are
 * read into memory.
 */
final class EraseAnswerReader {

    private static final Logger LOG = LoggerFactory.getLogger(EraseAnswerReader.class);
    private static final int MAX_MASK = 16 * 1024 * 1024;

    private final JsonScanner json;
    private final OutputStream image;
    private long imageLength;
    private String sessionId;
    private String imageId;
    private String eventId;
    private byte[] mask;
    private byte[] watermarkMask;

    private EraseAnswerReader(JsonScanner json, OutputStream image) {
        this.json = json;
        this.image = image;
    }

    /**
     * @param  image       receives the bytes of the picture
     * @throws IOException if the answer isn't JSON, lacks the picture, has broken base64, or ends early; a part of the picture
     *                     may have been written to {@code image} by then
     */
    static EraseAnswer read(InputStream in, OutputStream image) throws IOException {
        return new EraseAnswerReader(new JsonScanner(in), image).answer();
    }

    private EraseAnswer answer() throws IOException {
        if (json.first() != '{') {
            throw new IOException("not a JSON object");
        }
        json.object(this::answerMember);
        if (imageLength == 0) {
            throw new IOException("the field edited_image.image is missing or empty");
        }
        return new EraseAnswer(sessionId, imageId, eventId, mask, watermarkMask);
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
            throw new IOException("the field edited_image.image appears twice");
        }
        imageLength = json.base64(image);
    }

    /** What is too long or broken counts as absent, so that the picture, which is paid, isn't lost. The same goes for an id. */
    private byte[] mask() throws IOException {
        byte[] base64 = json.bytes(MAX_MASK);
        if (base64 == null || base64.length == 0) {
            return null;
        }
        try {
            ByteArrayOutputStream decoded = new ByteArrayOutputStream(base64.length);
            Base64Chunks chunks = new Base64Chunks(decoded);
            chunks.write(base64, 0, base64.length);
            chunks.finish();
            return decoded.toByteArray();
        } catch (IOException e) {
            LOG.warn("A mask in an answer isn't base64: ignoring it");
            return null;
        }
    }
}
