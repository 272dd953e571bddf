package io.github.cameldewatermark.image.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.container.Orientation;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On JPEGs put together by hand, in hexadecimal. */
class JpegHeaderTest {

    private static final String START = "FFD8";
    private static final String FRAME = "FFC0 000B 08 0020 0030 01 011100"; // 48 x 32
    private static final String SCAN = "FFDA 0008 01 0100 003F00";
    private static final String END = "FFD9";
    private static final byte[][] PARTS = {{1, 3, 10, 11}, {2, 3, 12, 13}, {3, 3, 14}};

    @Test
    void theSizeIsHeightBeforeWidth() throws IOException {
        PictureInfo info = header(START + FRAME + SCAN).frame();

        assertThat(info.width()).isEqualTo(48);
        assertThat(info.height()).isEqualTo(32);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4})
    void theFrameTellsTheComponents(int components) throws IOException {
        String fields = "0" + components + "011100".repeat(components);
        String length = String.format("%04X", 8 + 3 * components);

        assertThat(header(START + "FFC0" + length + "08 0020 0030" + fields + SCAN)
                        .frame()
                        .components())
                .isEqualTo(components);
    }

    @Test
    void theExifDataTellTheOrientation() throws IOException {
        String exif = "45786966 0000 4D4D002A 00000008 0001 0112 0003 00000001 0006 0000 00000000";
        String other = "68747470";

        assertThat(orientation("FFE1 0006" + other + "FFE1 0022" + exif + FRAME))
                .isEqualTo(Orientation.TURNED_LEFT);
        assertThat(orientation(FRAME)).isEqualTo(Orientation.UPRIGHT);
    }

    @Test
    void fillBytesMayComeBeforeAMarker() throws IOException {
        assertThat(header(START + "FFFFFF" + FRAME + SCAN).frame().width()).isEqualTo(48);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C4", "C8", "CC", "DB", "DD", "E0", "FE"})
    void tablesAreNoFrames(String marker) throws IOException {
        JpegHeader jpeg = header(START + "FF" + marker + "0006 FFC0 0000" + FRAME + SCAN);

        assertThat(jpeg.frame().width()).isEqualTo(48);
    }

    @ParameterizedTest
    @ValueSource(strings = {"C0", "C1", "C2", "C3", "C5", "C6", "C7", "C9", "CA", "CB", "CD", "CE", "CF"})
    void everyKindOfFrameHasItsSize(String marker) throws IOException {
        JpegHeader jpeg = header(START + FRAME.replace("FFC0", "FF" + marker) + SCAN);

        assertThat(jpeg.frame().width()).isEqualTo(48);
    }

    @Test
    void theEndIsFoundAfterTheData() throws IOException {
        assertThat(hasEnd(SCAN + "0102" + END + "CAFE")).isTrue();
        assertThat(hasEnd(SCAN + "0102")).isFalse();
    }

    @Test
    void stuffedBytesRestartsAndFillBytesBelongToTheData() throws IOException {
        assertThat(hasEnd(SCAN + "01 FF00 D9 FFD0 02 FFD7 FFFF00 03" + END)).isTrue();
        assertThat(hasEnd(SCAN + "01 FF00D9 FFD0D9 FFFF00D9")).isFalse();
    }

    @Test
    void theEndMarkerInsideASegmentIsNotTheEnd() throws IOException {
        assertThat(hasEnd("FFFE 0006 FFD9 FFD9" + SCAN + "01")).isFalse();
        assertThat(hasEnd("FFFE 0006 FFD9 FFD9" + SCAN + "01" + END)).isTrue();
    }

    @Test
    void aPictureMayHaveManyScans() throws IOException {
        String scans = SCAN + "01" + "FFC4 0004 0000" + SCAN + "02";

        assertThat(hasEnd(scans + END)).isTrue();
        assertThat(hasEnd(scans)).isFalse();
    }

    @Test
    void whatEndsBeforeTheSizeEndsEarly() {
        for (String cut : new String[] {"", "FF", START, START + "FFC0 000B 08 0020", START + "FFE0 FFFF 00"}) {
            assertThatExceptionOfType(EOFException.class).isThrownBy(() -> header(cut));
        }
    }

    @Test
    void noiseIsAnIoExceptionOrASizeButNeverAnythingElse() {
        int sizes = 0;
        int broken = 0;
        for (int seed = 0; seed < 20_000; seed++) {
            byte[] noise = noise(new Random(seed));
            try {
                JpegHeader.read(new ByteArrayInputStream(noise));
                sizes++;
                JpegHeader.hasEnd(Content.of("noise", noise));
            } catch (IOException e) {
                broken++;
            }
        }
        assertThat(sizes).isPositive();
        assertThat(broken).isPositive();
    }

    /** Noise that begins as a JPEG and has many markers. */
    private static byte[] noise(Random random) {
        byte[] bytes = new byte[2 + random.nextInt(200)];
        random.nextBytes(bytes);
        for (int i = 2; i < bytes.length - 1; i += 1 + random.nextInt(20)) {
            bytes[i] = (byte) 0xFF;
            bytes[i + 1] = (byte) (0xC0 + random.nextInt(0x40));
        }
        bytes[0] = (byte) 0xFF;
        bytes[1] = (byte) 0xD8;
        return bytes;
    }

    private static boolean hasEnd(String afterTheFrame) throws IOException {
        // other bytes follow, so that the end isn't seen by the last two bytes
        return JpegHeader.hasEnd(Content.of("jpeg", bytes(START + FRAME + afterTheFrame + "00")));
    }

    private static Orientation orientation(String segments) throws IOException {
        return header(START + segments + SCAN)
                .picture(Content.of("jpeg", new byte[0]), true)
                .info()
                .orientation();
    }

    private static JpegHeader header(String hex) throws IOException {
        return JpegHeader.read(new ByteArrayInputStream(bytes(hex)));
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replace(" ", ""));
    }

    @Test
    void thePartsOfAProfileAreJoinedByTheirNumbersInWhateverOrderTheyCome() {
        assertThat(JpegHeader.joined(List.of(PARTS[2], PARTS[0], PARTS[1]))).containsExactly(10, 11, 12, 13, 14);
    }

    @Test
    void aProfileThatLacksAPartOrHasOneTwiceIsNotTheSameAsNone() {
        assertThat(JpegHeader.joined(List.of(PARTS[1], PARTS[2]))).isEmpty();
        assertThat(JpegHeader.joined(List.of(PARTS[0], PARTS[2]))).isEmpty();
        assertThat(JpegHeader.joined(List.of(PARTS[0], PARTS[1]))).isEmpty();
        assertThat(JpegHeader.joined(List.of(PARTS[0], PARTS[1], PARTS[1], PARTS[2])))
                .isEmpty();
        assertThat(JpegHeader.joined(List.of())).isNull();
    }
}
