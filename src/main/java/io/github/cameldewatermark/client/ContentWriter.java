package io.github.cameldewatermark.client;

import io.github.cameldewatermark.client.http.UnreadableContentException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Writes a {@link Content} with exactly the length that was announced. Fails if a file grows or shrinks meanwhile. */
final class ContentWriter {

    private ContentWriter() {}

    /**
     * @throws UnreadableContentException if the content can't be read, or has another length than announced
     * @throws IOException                if the connection fails
     */
    static void write(Content content, OutputStream out) throws IOException {
        byte[] buffer = new byte[32 * 1024];
        try (InputStream in = open(content)) {
            long left = content.length();
            for (int n = read(content, in, buffer); n >= 0; n = read(content, in, buffer)) {
                left -= n;
                if (left < 0) {
                    throw new UnreadableContentException(content.name() + " grew while it was being sent", null);
                }
                out.write(buffer, 0, n);
            }
            if (left > 0) {
                throw new UnreadableContentException(content.name() + " became shorter while it was being sent", null);
            }
        }
    }

    private static InputStream open(Content content) throws UnreadableContentException {
        try {
            return content.open();
        } catch (IOException e) {
            throw new UnreadableContentException(content.name() + " can't be read: " + e, e);
        }
    }

    private static int read(Content content, InputStream in, byte[] buffer) throws UnreadableContentException {
        try {
            return in.read(buffer);
        } catch (IOException e) {
            throw new UnreadableContentException(content.name() + " can't be read: " + e, e);
        }
    }
}
