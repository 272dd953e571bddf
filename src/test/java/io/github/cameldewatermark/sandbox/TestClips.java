package io.github.cameldewatermark.sandbox;

import io.github.cameldewatermark.sandbox.pixel.ClipEngine;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.DoubleConsumer;

/** Clips without pictures: a movie header that says how long they are, and an engine that copies them. */
public final class TestClips {

    private static final int MOVIE_HEADER = 108;

    private TestClips() {}

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

    /** Copies whatever it gets and says that it is a clip of so many seconds with a watermark. */
    public static ClipEngine copying(double seconds) {
        return new ClipEngine() {
            @Override
            public CleanedClip clean(Path input, Path output, DoubleConsumer progress) throws IOException {
                Files.copy(input, output);
                return new CleanedClip(seconds, true);
            }
        };
    }
}
