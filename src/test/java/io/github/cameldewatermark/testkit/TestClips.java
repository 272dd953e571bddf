package io.github.cameldewatermark.testkit;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.SandboxBuilder;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine.CleanedClip;
import io.github.cameldewatermark.sandbox.pixel.UnchangedClipEngine;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Clips without pictures, of a few bytes that say how long they last, and sandboxes that take them. */
public final class TestClips {

    /** Of a {@link #clip} that lasts 6 s. */
    public static final String PRICE = "1.2";

    private static final int MOVIE_HEADER = 108;
    private static final byte[] CLEAN = "clean ".getBytes(StandardCharsets.UTF_8);

    private TestClips() {}

    /** As long as each other, and with other bytes than one of another name. */
    public static byte[] clip(String name) {
        return mp4(6, name.getBytes(StandardCharsets.UTF_8));
    }

    /** An MP4 file that claims to last so long and carries so many bytes. */
    public static byte[] mp4(double seconds, int payload) {
        return mp4(seconds, new byte[payload]);
    }

    /** An MP4 file that claims to last so long and carries these bytes. */
    public static byte[] mp4(double seconds, byte[] payload) {
        ByteBuffer file = ByteBuffer.allocate(16 + 8 + payload.length + 8 + MOVIE_HEADER);
        file.putInt(16).put(name("ftyp")).put(name("isom")).putInt(0);
        file.putInt(8 + payload.length).put(name("mdat")).put(payload);
        file.putInt(8 + MOVIE_HEADER).put(name("moov"));
        file.putInt(MOVIE_HEADER).put(name("mvhd")).putInt(0).putInt(0).putInt(0);
        file.putInt(1000).putInt((int) Math.round(seconds * 1000));
        return file.array();
    }

    private static byte[] name(String box) {
        return box.getBytes(StandardCharsets.US_ASCII);
    }

    /** Its tasks take so long, and their results are {@link #cleaned}. */
    public static Sandbox sandbox(Duration taskDuration) {
        return sandbox(taskDuration, Clock.systemUTC());
    }

    public static Sandbox sandbox(Duration taskDuration, Clock clock) {
        return start(Sandbox.builder().clock(clock), taskDuration);
    }

    public static Sandbox sandbox(Duration taskDuration, BigDecimal credits) {
        return start(Sandbox.builder().credits(credits), taskDuration);
    }

    private static Sandbox start(SandboxBuilder sandbox, Duration taskDuration) {
        return sandbox.taskDuration(taskDuration)
                .clipEngine((input, output, progress) -> {
                    Files.write(output, cleaned(Files.readAllBytes(input)));
                    return new CleanedClip(6, true);
                })
                .start();
    }

    /** What becomes of a clip. */
    public static byte[] cleaned(byte[] clip) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(CLEAN);
        bytes.writeBytes(clip);
        return bytes.toByteArray();
    }

    /** A sandbox that gives clips back as they are, also real ones. */
    public static Sandbox sandboxThatKeepsClips(Duration taskDuration) {
        return Sandbox.builder()
                .taskDuration(taskDuration)
                .pictureEngine(new WhiteningPictures())
                .clipEngine(new UnchangedClipEngine(6))
                .start();
    }

    /** Copies whatever it gets and says that it is a clip of so many seconds with a watermark. */
    public static ClipEngine copying(double seconds) {
        return (input, output, progress) -> {
            Files.copy(input, output);
            return new CleanedClip(seconds, true);
        };
    }

    /** The kinds of entries in the ledger, oldest first. */
    public static List<LedgerEntry.Kind> bookings(Sandbox sandbox) {
        return sandbox.ledger().stream().map(LedgerEntry::kind).toList();
    }
}
