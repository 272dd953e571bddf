package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.mask.Brush;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The key under which a journal knows a request: a hash of all that changes the answer. Names aren't part of it, and neither is
 * the form in which the picture is sent.
 */
final class RequestKey {

    private final String operation;
    private final MessageDigest digest;

    private RequestKey(String account, String operation) {
        this.operation = operation;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        text(account).text(operation);
    }

    /** Returns the key of what one account asks for: a SHA-256 in hex. */
    static String of(String account, EraseInput.Request request) {
        Brush brush = request.preparation().brush();
        return new RequestKey(account, EraseOperation.NAME)
                // whether it goes as a picture or as its session: after a repeat it may be the other
                .content(request.subject())
                .text(request.subject() == null ? request.call().sessionId() : null)
                .content(request.call().maskBase())
                .content(brush == null ? null : brush.source())
                .text(String.valueOf(request.call().removeText()))
                .text(request.call().predictMode().name())
                .text(request.refinement() > 0 ? "refinement" : null)
                .hex();
    }

    /**
     * Returns the key of a clip.
     *
     * @param given a key that the route gives to the clip, {@code null} if its content tells it from others
     */
    static String ofClip(String account, String given, Content clip) {
        return new RequestKey(account, VideoOperation.NAME)
                .text(given)
                .content(given == null ? clip : null)
                .hex();
    }

    private RequestKey text(String text) {
        return content(text == null ? null : Content.of("", text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Each part with its length before it, so that different parts can't make the same bytes. */
    private RequestKey content(Content content) {
        digest.update(ByteBuffer.allocate(Long.BYTES)
                .putLong(content == null ? -1 : content.length())
                .flip());
        if (content != null) {
            try (InputStream in = content.open();
                    OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                in.transferTo(out);
            } catch (IOException e) {
                throw new DewatermarkInputException(
                        operation,
                        content.name() + " can't be read: " + e + ". Nothing was sent, nothing was charged.",
                        e);
            }
        }
        return this;
    }

    private String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
