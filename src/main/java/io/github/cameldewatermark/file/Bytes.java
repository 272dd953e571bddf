package io.github.cameldewatermark.file;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;

/** Bytes that are to get a name, to be compared with those that may have it already. */
interface Bytes {

    int PIECE = 64 * 1024;

    /** Opens a stream of all bytes; {@code null} if they can't be read twice. */
    InputStream open() throws IOException;

    static Bytes of(File file) {
        return () -> Files.newInputStream(file.toPath());
    }

    static Bytes ofBody(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof WrappedFile<?> wrapped && wrapped.getFile() instanceof File file) {
            return of(file);
        }
        if (body instanceof File file) {
            return of(file);
        }
        if (body instanceof byte[] bytes) {
            return () -> new ByteArrayInputStream(bytes);
        }
        return () ->
                body instanceof StreamCache cache && cache.copy(exchange) instanceof InputStream copy ? copy : null;
    }

    /** Whether a file has these bytes. If that can't be found out, it hasn't. */
    default boolean areIn(Path file) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream ours = open();
                InputStream theirs = Files.newInputStream(file)) {
            return ours != null && haveSameBytes(ours, theirs);
        } catch (IOException e) {
            return false;
        }
    }

    /** Returns the entity tag that S3 gives these bytes if they are stored in one part; {@code ""} if they can't be read. */
    default String tag() {
        try (InputStream in = open()) {
            if (in == null) {
                return "";
            }
            MessageDigest md5 = MessageDigest.getInstance("MD5");
            in.transferTo(new DigestOutputStream(OutputStream.nullOutputStream(), md5));
            return '"' + HexFormat.of().formatHex(md5.digest()) + '"';
        } catch (IOException | NoSuchAlgorithmException e) {
            return "";
        }
    }

    private static boolean haveSameBytes(InputStream one, InputStream other) throws IOException {
        byte[] piece = one.readNBytes(PIECE);
        while (piece.length > 0 && Arrays.equals(piece, other.readNBytes(piece.length))) {
            piece = one.readNBytes(PIECE);
        }
        return piece.length == 0 && other.read() < 0;
    }
}
