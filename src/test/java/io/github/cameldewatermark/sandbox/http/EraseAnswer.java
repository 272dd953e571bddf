package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.ErasedPicture;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;

/**
 * The JSON of the section "Remove Watermark", with its pictures in base64 that are read from disk while they are sent.
 */
final class EraseAnswer implements ReplyBody {

    private sealed interface Piece {

        long length() throws IOException;

        void writeTo(OutputStream out) throws IOException;
    }

    private record Text(byte[] bytes) implements Piece {

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    private record Base64File(Path file) implements Piece {

        /** A multiple of 3, so that no padding comes in the middle. */
        private static final int CHUNK = 48 * 1024;

        @Override
        public long length() throws IOException {
            return (Files.size(file) + 2) / 3 * 4;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (InputStream in = Files.newInputStream(file)) {
                for (byte[] chunk = in.readNBytes(CHUNK); chunk.length > 0; chunk = in.readNBytes(CHUNK)) {
                    out.write(Base64.getEncoder().encode(chunk));
                }
            }
        }
    }

    private final ErasedPicture erased;
    private final List<Piece> pieces;
    private final long length;

    private EraseAnswer(ErasedPicture erased, List<Piece> pieces) throws IOException {
        this.erased = erased;
        this.pieces = pieces;
        long sum = 0;
        for (Piece piece : pieces) {
            sum += piece.length();
        }
        this.length = sum;
    }

    /** {@code mask} and {@code watermark_mask} are the same: all that was erased so far. Our reading. */
    static EraseAnswer of(ErasedPicture erased) throws IOException {
        return new EraseAnswer(
                erased,
                List.of(
                        text("{\"edited_image\":{\"image\":\""),
                        new Base64File(erased.picture()),
                        text("\",\"image_id\":\"" + erased.imageId() + "\",\"mask\":\""),
                        new Base64File(erased.mask()),
                        text("\",\"watermark_mask\":\""),
                        new Base64File(erased.mask()),
                        text("\"}," + ids(erased) + "}")));
    }

    /** As the PRO model answers. */
    static EraseAnswer withoutMasks(ErasedPicture erased) throws IOException {
        return new EraseAnswer(
                erased,
                List.of(
                        text("{\"edited_image\":{\"image\":\""),
                        new Base64File(erased.picture()),
                        text("\",\"image_id\":\"" + erased.imageId() + "\"}," + ids(erased) + "}")));
    }

    /** The same answer with something that isn't base64 where the picture should be. */
    EraseAnswer withBrokenBase64() throws IOException {
        return new EraseAnswer(
                erased,
                List.of(text("{\"edited_image\":{\"image\":\"/9j/4AAQ*no base64*\",\"image_id\":\"" + erased.imageId()
                        + "\"}," + ids(erased) + "}")));
    }

    /** The same answer without the picture. */
    EraseAnswer withoutImage() throws IOException {
        return new EraseAnswer(
                erased,
                List.of(text("{\"edited_image\":{\"image_id\":\"" + erased.imageId() + "\"}," + ids(erased) + "}")));
    }

    private static String ids(ErasedPicture erased) {
        return "\"event_id\":\"" + erased.eventId() + "\",\"session_id\":\"" + erased.sessionId() + "\"";
    }

    private static Piece text(String text) {
        return new Text(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public long length() {
        return length;
    }

    @Override
    public void writeTo(OutputStream out) throws IOException {
        for (Piece piece : pieces) {
            piece.writeTo(out);
        }
    }
}
