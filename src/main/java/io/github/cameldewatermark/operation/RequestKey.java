package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
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
 * the form in which the content is sent.
 */
public final class RequestKey {

    private final String operation;
    private final MessageDigest digest;

    public RequestKey(String account, String operation) {
        this.operation = operation;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
        text(account).text(operation);
    }

    /** Adds a part; {@code null} is a part, too. */
    public RequestKey text(String text) {
        return content(text == null ? null : Content.of("", text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Adds a part, with its length before it, so that different parts can't make the same bytes. */
    public RequestKey content(Content content) {
        digest.update(ByteBuffer.allocate(Long.BYTES)
                .putLong(content == null ? -1 : content.length())
                .flip());
        if (content != null) {
            try (InputStream in = content.open();
                    OutputStream out = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
                in.transferTo(out);
            } catch (IOException e) {
                throw new DewatermarkInputException(operation, content.name() + " can't be read: " + e, e);
            }
        }
        return this;
    }

    /** Returns the key: a SHA-256 in hex. */
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
