package io.github.cameldewatermark.sandbox.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.testkit.TestClips;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipLengthTest {

    @TempDir
    Path folder;

    @Test
    void theMovieHeaderSaysHowLongAClipIs() throws IOException {
        assertThat(lengthOf(TestClips.mp4(51.3, 5000))).hasValue(51.3);
        assertThat(lengthOf(TestClips.mp4(0.04, 0))).hasValue(0.04);
    }

    @Test
    void boxesAndTimesOf64BitsAreRead() throws IOException {
        ByteBuffer file = ByteBuffer.allocate(16 + 16 + 8 + 128);
        file.putInt(1).put(name("mdat")).putLong(32).putLong(0).putLong(0);
        file.putInt(8 + 128).put(name("moov")).putInt(128).put(name("mvhd"));
        file.putInt(1 << 24).putLong(0).putLong(0).putInt(600).putLong(1500);

        assertThat(lengthOf(file.array())).hasValue(2.5);
    }

    @Test
    void whatDoesNotSayIsEmpty() throws IOException {
        assertThat(lengthOf(new byte[0])).isEmpty();
        assertThat(lengthOf("hello, this is no clip at all".getBytes(StandardCharsets.US_ASCII)))
                .isEmpty();
        assertThat(lengthOf(TestClips.mp4(0, 10))).isEmpty();
    }

    @Test
    void aClipThatIsCutAnywhereIsEmptyOrStillKnown() throws IOException {
        byte[] clip = TestClips.mp4(6, 20);
        for (int length = 0; length < clip.length; length++) {
            assertThat(lengthOf(Arrays.copyOf(clip, length)))
                    .as("cut at " + length)
                    .isEmpty();
        }
    }

    @Test
    void rubbishNeverHangsOrFails() throws IOException {
        Random random = new Random(42);
        for (int i = 0; i < 300; i++) {
            byte[] clip = TestClips.mp4(6, 20);
            for (int j = 0; j < 4; j++) {
                clip[random.nextInt(clip.length)] = (byte) random.nextInt();
            }
            assertThat(lengthOf(clip)).isNotNull();
        }
    }

    private OptionalDouble lengthOf(byte[] clip) throws IOException {
        Path file = folder.resolve("clip");
        Files.write(file, clip);
        return ClipLength.of(file);
    }

    private static byte[] name(String box) {
        return box.getBytes(StandardCharsets.US_ASCII);
    }
}
