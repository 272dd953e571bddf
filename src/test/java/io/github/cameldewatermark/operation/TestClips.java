package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.SandboxBuilder;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine.CleanedClip;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/** Clips that are a few bytes, and a sandbox that takes them: each lasts 6 s, and so costs 1.2 credits. */
public final class TestClips {

    public static final String PRICE = "1.2";

    private static final int HEADER = 108;
    private static final byte[] CLEAN = "clean ".getBytes(StandardCharsets.UTF_8);

    private TestClips() {}

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

    /** As much of an MP4 file as says how long it is: a movie header, and some data. */
    public static byte[] clip(String name) {
        byte[] data = name.getBytes(StandardCharsets.UTF_8);
        ByteBuffer clip = ByteBuffer.allocate(HEADER + 8 + 8 + data.length);
        clip.putInt(HEADER + 8).put(ascii("moov"));
        clip.putInt(HEADER).put(ascii("mvhd"));
        // version and flags, creation and modification time, units per second, duration
        clip.putInt(0).putInt(0).putInt(0).putInt(1_000).putInt(6_000);
        clip.position(HEADER + 8);
        clip.putInt(8 + data.length).put(ascii("mdat")).put(data);
        return clip.array();
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    /** What becomes of a clip. */
    public static byte[] cleaned(byte[] clip) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(CLEAN);
        bytes.writeBytes(clip);
        return bytes.toByteArray();
    }

    /** The kinds of entries in the ledger, oldest first. */
    public static List<LedgerEntry.Kind> bookings(Sandbox sandbox) {
        return sandbox.ledger().stream().map(LedgerEntry::kind).toList();
    }
}
