package com.example.preflight;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipLengthTest {

    @TempDir
    Path temp;

    @Test
    void theMovieHeaderSaysHowLongAClipIs() throws IOException {
        assertEquals(OptionalDouble.of(51.3), lengthOf(Samples.mp4(51.3)));
    }

    @Test
    void boxesAndTimesOf64BitsAreRead() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(16 + 16 + 8 + 128);
        file.putInt(1).put(Samples.ascii("mdat")).putLong(32).putLong(0).putLong(0);
        file.putInt(8 + 128).put(Samples.ascii("moov")).putInt(128).put(Samples.ascii("mvhd"));
        file.putInt(1 << 24).putLong(0).putLong(0).putInt(600).putLong(1500);

        assertEquals(OptionalDouble.of(2.5), lengthOf(file.array()));
    }

    @Test
    void aClipThatIsCutOrDoesNotSayIsOfUnknownLength() throws IOException {
        byte[] clip = Samples.mp4(6);
        for (int length = 0; length < clip.length; length++) {
            assertEquals(OptionalDouble.empty(), lengthOf(Arrays.copyOf(clip, length)), "cut at " + length);
        }
        assertEquals(OptionalDouble.empty(), lengthOf(Samples.mp4(0)));
        assertEquals(OptionalDouble.empty(), lengthOf(Samples.png()));
    }

    @Test
    void brokenClipsAreReadAsTheSandboxReadsThem() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            byte[] clip = Samples.mp4(6);
            for (int j = 0; j < 4; j++) {
                clip[random.nextInt(clip.length)] = (byte) random.nextInt();
            }
            OptionalDouble length = lengthOf(clip);
            assertEquals(sandboxLengthOf(temp.resolve("clip")), length);
        }
    }

    private static OptionalDouble sandboxLengthOf(Path clip) throws IOException {
        try {
            return io.github.cameldewatermark.sandbox.platform.ClipLength.of(clip);
        } catch (EOFException e) {
            return OptionalDouble.empty();
        }
    }

    private OptionalDouble lengthOf(byte[] clip) throws IOException {
        return ClipLength.of(Files.write(temp.resolve("clip"), clip));
    }
}
