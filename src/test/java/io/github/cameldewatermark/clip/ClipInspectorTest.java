package io.github.cameldewatermark.clip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestPictures;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClipInspectorTest {

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "mp4, mpeg4, MP4",
        "mov, mpeg4, MOV",
        "3gp, mpeg4, MP4",
        "matroska, mpeg4, MKV",
        "webm, libvpx, WEBM",
    })
    void theHeaderTellsWhatTheClipIs(String container, String codec, String expected) throws Exception {
        ClipInfo info = ClipInspector.inspect(Content.of(WrittenClips.write(folder, container, codec, 50)));

        assertThat(info.container()).isEqualTo(expected);
        assertThat(info.seconds()).isCloseTo(2, within(0.1));
        assertThat(info.width()).isEqualTo(WrittenClips.WIDTH);
        assertThat(info.height()).isEqualTo(WrittenClips.HEIGHT);
        assertThat(info.frameRate()).isCloseTo(WrittenClips.RATE, within(0.5));
    }

    @ParameterizedTest
    @CsvSource({
        "mp4, rotation, 0, true",
        "mp4, rotation, 90, false",
        "mp4, rotation, 180, false",
        "mov, rotation, 270, false",
        "matroska, rotation, 0, true",
        "matroska, rotation, 90, false",
        "mp4, aspect, 1.5, false",
        "matroska, aspect, 1.5, false",
    })
    void framesThatAreShownTurnedOrStretchedHaveTheirStoredSizeAndAreNotUpright(
            String container, String option, String value, boolean upright) throws Exception {
        Path clip = WrittenClips.write(folder, container, "mpeg4", 50, Map.of(option, value));

        ClipInfo info = ClipInspector.inspect(Content.of(clip));

        assertThat(info.width()).isEqualTo(WrittenClips.WIDTH);
        assertThat(info.height()).isEqualTo(WrittenClips.HEIGHT);
        assertThat(info.upright()).isEqualTo(upright);
    }

    @ParameterizedTest
    @CsvSource({
        "avi, mpeg4",
        "asf, msmpeg4",
        "mpeg, mpeg1video",
        "mpegts, mpeg2video",
        "flv, flv",
        "vob, mpeg2video",
    })
    void ofOtherContainersOnlyIsKnownThatTheyAreClips(String container, String codec) throws Exception {
        Content clip = Content.of(WrittenClips.write(folder, container, codec, 50));

        assertThat(ClipInspector.inspect(clip)).isEqualTo(ClipInfo.UNKNOWN);
        assertThat(ClipInspector.inspect(clip).doubt()).isEqualTo("only MP4 is sure to be taken");
    }

    @Test
    void aClipWithSoundIsMeasuredByItsPictures() {
        ClipInfo info = inspect(TestPictures.resource("/samples/video/rocket-pan.mp4"));

        assertThat(info).isEqualTo(new ClipInfo("MP4", 6.0, 854, 480, 25.0, true));
        assertThat(info.doubt()).isNull();
    }

    @Test
    void theIndexMayComeAfterMoreThanFourGigabytes() throws Exception {
        Path file = folder.resolve("large.mp4");
        long large = 5L << 30;
        byte[] clip = TestClips.mp4(700, 0);
        try (var channel = Files.newByteChannel(
                file, java.nio.file.StandardOpenOption.CREATE, java.nio.file.StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(clip, 0, 16));
            channel.write(ByteBuffer.allocate(16)
                    .putInt(1)
                    .put("mdat".getBytes())
                    .putLong(large)
                    .flip());
            channel.position(16 + large);
            channel.write(ByteBuffer.wrap(clip, 24, clip.length - 24));
        }

        ClipInfo info = ClipInspector.inspect(Content.of(file));

        assertThat(info.seconds()).isEqualTo(700);
        assertThat(info.doubt()).isEqualTo("it lasts 700 s, and clips of more than 9 minutes may be refused");
    }

    @ParameterizedTest
    @MethodSource
    void whatIsNoClipIsRefused(byte[] bytes, String problem) {
        assertThatThrownBy(() -> inspect(bytes))
                .isInstanceOf(DewatermarkInputException.class)
                .hasMessage("a.mp4 " + problem + ". Nothing was sent, nothing was charged.");
    }

    static Stream<Arguments> whatIsNoClipIsRefused() {
        String text = "is a text and no clip; get the clip itself";
        String writing = "; was it still being written? (option readLock of the consumer)";
        return Stream.of(
                Arguments.of(TestPictures.jpeg(), "is a JPEG picture; send it to dewatermark:erase"),
                Arguments.of(
                        PictureSamples.written(PictureSamples.picture(8, 8), "png"),
                        "is a PNG picture; send it to dewatermark:erase"),
                Arguments.of("<!DOCTYPE html><p>".getBytes(), "is an HTML page and no clip; get the clip itself"),
                Arguments.of("{\"error\": \"no such clip\"}".getBytes(), text),
                Arguments.of("#EXTM3U\n#EXT-X-VERSION:3\n".getBytes(), text),
                Arguments.of("export const wide = 1".getBytes(), text),
                Arguments.of("all free".getBytes(), text),
                Arguments.of("x".getBytes(), text),
                Arguments.of(
                        "PK\3\4\24\0\0\0".getBytes(),
                        "is an archive or an office document and no clip; get the clip itself"),
                Arguments.of(
                        new byte[] {0x1F, (byte) 0x8B, 8, 0},
                        "is an archive or an office document and no clip; get the clip itself"),
                Arguments.of(new byte[] {0}, "has only 1 bytes, which can't be a clip"),
                Arguments.of(new byte[100_000], "begins with zeros" + writing),
                Arguments.of(
                        Arrays.copyOf(TestClips.mp4(1, 1000), 500),
                        "is a clip without an index, so it was cut short or is damaged" + writing));
    }

    @Test
    void whatIsNotKnownPasses() {
        byte[] noise = new byte[1000];
        new Random(7).nextBytes(noise);
        noise[0] = 1;

        assertThat(inspect(noise)).isEqualTo(ClipInfo.UNKNOWN);
    }

    /** What claims to be longer, deeper or more than it is costs neither time nor heap. */
    @ParameterizedTest
    @ValueSource(ints = {0, 1, 150_000_000, 0x7FFFFFF0, -1})
    void noLengthIsTrusted(int length) {
        byte[] ftyp = box("ftyp", "isom\0\0\0\0isom".getBytes());
        ByteBuffer header = ByteBuffer.allocate(200).putInt(length).put("mvhd".getBytes());
        ByteBuffer deep = ByteBuffer.allocate(160_000);
        for (int left = deep.capacity(); left > 0; left -= 8) {
            deep.putInt(left).put("trak".getBytes());
        }

        assertThat(inspect(join(ftyp, box("moov", header.array()))).seconds()).isNull();
        assertThat(inspect(join(ftyp, box("moov", deep.array()))).seconds()).isNull();
        byte[] matroska = ByteBuffer.allocate(100)
                .putInt(0x1A45DFA3)
                .put((byte) 0x80)
                .putShort((short) 0x4489)
                .put((byte) 0x08)
                .putInt(length)
                .putInt(length)
                .array();
        assertThat(inspect(matroska).container()).isEqualTo("MKV");
    }

    @ParameterizedTest
    @ValueSource(doubles = {Double.POSITIVE_INFINITY, Double.NaN, -1, 1e300, 0})
    void aDurationThatMakesNoSenseIsNone(double duration) {
        byte[] matroska = ByteBuffer.allocate(100)
                .putInt(0x1A45DFA3)
                .put((byte) 0x80)
                .putShort((short) 0x4489)
                .put((byte) 0x88)
                .putDouble(duration)
                .array();
        byte[] negativeScale = ByteBuffer.allocate(100)
                .putInt(0x1A45DFA3)
                .put((byte) 0x80)
                .put(new byte[] {0x2A, (byte) 0xD7, (byte) 0xB1, (byte) 0x88})
                .putLong(-1)
                .putShort((short) 0x4489)
                .put((byte) 0x88)
                .putDouble(5000)
                .array();

        assertThat(inspect(matroska).seconds()).isNull();
        assertThat(inspect(negativeScale).seconds()).isNull();
    }

    /** A header that never ends isn't read to its end. */
    @Test
    void aFileOfEmptyPartsIsGivenUp() {
        ByteBuffer boxes = ByteBuffer.allocate(16 + 8 * 200_000).put(box("ftyp", "isom\0\0\0\0".getBytes()));
        while (boxes.remaining() >= 8) {
            boxes.putInt(8).put("free".getBytes());
        }
        byte[] elements = new byte[2_000_000];
        for (int i = 0; i < elements.length; i += 2) {
            elements[i] = (byte) 0xEC;
            elements[i + 1] = (byte) 0x80;
        }
        System.arraycopy(new byte[] {0x1A, 0x45, (byte) 0xDF, (byte) 0xA3, (byte) 0x80, 0}, 0, elements, 0, 5);

        assertThatThrownBy(() -> inspect(boxes.array())).hasMessageContaining("without an index");
        assertThat(inspect(elements).container()).isEqualTo("MKV");
    }

    private static ClipInfo inspect(byte[] bytes) {
        return ClipInspector.inspect(Content.of("a.mp4", bytes));
    }

    private static byte[] box(String name, byte[] content) {
        return ByteBuffer.allocate(8 + content.length)
                .putInt(8 + content.length)
                .put(name.getBytes(StandardCharsets.US_ASCII))
                .put(content)
                .array();
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }
}
