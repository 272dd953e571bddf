package io.github.cameldewatermark.sandbox.platform;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * URLs that give access to one object, by one method, until a point in time: the method, the path, the content type and
 * the expiry are signed, as Google Cloud Storage does it. The secret lies in the data folder, so that a URL outlives a
 * restart.
 */
public final class SignedUrls {

    /** What a check of a signed request says. */
    public enum Verdict {
        VALID,
        /** Another method, path or content type than was signed, or no signature of ours. */
        WRONG_SIGNATURE,
        EXPIRED
    }

    private static final String ALGORITHM = "HmacSHA256";
    private static final int SECRET_BYTES = 32;

    private final SecretKeySpec secret;
    private final Clock clock;

    SignedUrls(Path secretFile, Clock clock) throws IOException {
        this.secret = new SecretKeySpec(secret(secretFile), ALGORITHM);
        this.clock = clock;
    }

    private static byte[] secret(Path file) throws IOException {
        if (!Files.exists(file)) {
            byte[] bytes = new byte[SECRET_BYTES];
            new SecureRandom().nextBytes(bytes);
            // createTempFile makes it readable for the owner only
            Path half = Files.createTempFile(file.getParent(), "secret", ".half");
            Files.write(half, bytes);
            Files.move(half, file, StandardCopyOption.ATOMIC_MOVE);
        }
        return Files.readAllBytes(file);
    }

    /** Path and query of a URL. {@code contentType} is empty where none is signed. */
    String sign(String method, String path, String contentType, Instant expiry) {
        long expires = expiry.getEpochSecond();
        return path + "?Expires=" + expires + "&Signature=" + signature(method, path, contentType, expires);
    }

    /** Checks a request; {@code expires} and {@code signature} are the parameters of its query, or {@code null}. */
    public Verdict check(String method, String path, String contentType, String expires, String signature) {
        if (expires == null || signature == null || !expires.matches("\\d{1,12}")) {
            return Verdict.WRONG_SIGNATURE;
        }
        long seconds = Long.parseLong(expires);
        String expected = signature(method, path, contentType, seconds);
        if (!MessageDigest.isEqual(
                expected.getBytes(StandardCharsets.US_ASCII), signature.getBytes(StandardCharsets.US_ASCII))) {
            return Verdict.WRONG_SIGNATURE;
        }
        return clock.instant().getEpochSecond() >= seconds ? Verdict.EXPIRED : Verdict.VALID;
    }

    private String signature(String method, String path, String contentType, long expires) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(secret);
            String signed = String.join("\n", method, path, contentType, Long.toString(expires));
            return HexFormat.of().formatHex(mac.doFinal(signed.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
