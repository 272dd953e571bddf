package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.Vector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Our reader of the erase answer against Jackson, which reads the same in the usual way. */
class EraseAnswerReaderTest {

    private static final ObjectMapper JACKSON = new ObjectMapper();

    @Test
    void itReadsWhatJacksonReads() throws IOException {
        for (int seed = 0; seed < Thorough.of(4000, 1000); seed++) {
            Random random = new Random(seed);
            int size = seed % 40 == 0 ? 150_000 : 120;
            String json = new RandomAnswer(random).json(size);
            byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
            ByteArrayOutputStream image = new ByteArrayOutputStream();
            int longest = List.of(1, 3, 100, 100_000).get(random.nextInt(size > 1000 ? 2 : 0, 4));

            EraseAnswer answer = EraseAnswerReader.read(new ChoppyStream(bytes, random, longest), image);

            JsonNode tree = JACKSON.readTree(bytes);
            JsonNode edited = tree.path("edited_image");
            assertThat(image.toByteArray())
                    .as("seed %d", seed)
                    .isEqualTo(edited.path("image").binaryValue());
            assertThat(Arrays.asList(answer.sessionId(), answer.eventId(), answer.imageId()))
                    .as("seed %d: %s", seed, json)
                    .containsExactly(text(tree, "session_id"), text(tree, "event_id"), text(edited, "image_id"));
            assertThat(answer.mask()).as("seed %d", seed).isEqualTo(mask(edited, "mask"));
            assertThat(answer.watermarkMask()).as("seed %d", seed).isEqualTo(mask(edited, "watermark_mask"));
        }
    }

    @Test
    void anAnswerThatEndsAnywhereBeforeItsEndIsNoAnswer() {
        for (int seed = 0; seed < 25; seed++) {
            byte[] bytes = new RandomAnswer(new Random(seed)).json(60).strip().getBytes(StandardCharsets.UTF_8);
            for (int length = 0; length < bytes.length; length++) {
                byte[] cut = Arrays.copyOf(bytes, length);
                assertThatIOException()
                        .as("seed %d, cut at %d", seed, length)
                        .isThrownBy(() ->
                                EraseAnswerReader.read(new ByteArrayInputStream(cut), OutputStream.nullOutputStream()));
            }
        }
    }

    @Test
    void aBrokenAnswerIsAnIoExceptionOrReadButNeverAnythingElse() {
        int broken = 0;
        for (int seed = 0; seed < 10_000; seed++) {
            Random random = new Random(seed);
            byte[] bytes = new RandomAnswer(random).json(60).getBytes(StandardCharsets.UTF_8);
            for (int i = 1 + random.nextInt(3); i > 0; i--) {
                bytes[random.nextInt(bytes.length)] =
                        (byte) (random.nextBoolean() ? random.nextInt() : "\"\\{}[],:0u=".charAt(random.nextInt(11)));
            }
            try {
                EraseAnswerReader.read(new ByteArrayInputStream(bytes), OutputStream.nullOutputStream());
            } catch (IOException e) {
                broken++;
            }
        }
        assertThat(broken).isGreaterThan(2000);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 76, 1000})
    void aPictureMayHaveWhiteSpaceAndAPrefix(int line) throws IOException {
        byte[] picture = new byte[100_000];
        new Random(line).nextBytes(picture);
        String base64 = TestApi.base64(picture).replaceAll("(.{" + line + "})", "$1\n");
        for (String value : List.of(
                base64,
                base64.replace("\n", " \r\n\t"),
                base64.replace("\n", "\\n"),
                " " + base64 + " ",
                "data:image/jpeg;base64," + base64,
                "data:image/jpeg;base64," + TestApi.base64(picture))) {
            ByteArrayOutputStream image = new ByteArrayOutputStream();

            EraseAnswer answer = EraseAnswerReader.read(
                    new ByteArrayInputStream(("\u00EF\u00BB\u00BF {\"edited_image\":{\"mask\":\"" + value
                                    + "\",\"image\":\"" + value + "\"}}")
                            .getBytes(StandardCharsets.ISO_8859_1)),
                    image);

            assertThat(image.toByteArray()).isEqualTo(picture);
            assertThat(answer.mask()).isEqualTo(picture);
        }
    }

    @Test
    void aBrokenPictureIsNeverReadAsAnother() throws IOException {
        // whoever changes a character of the picture is found out, or changes no more than the bytes it stands for
        byte[] picture = new byte[90];
        String base64 = TestApi.base64(picture);
        for (char c : "*-_%. \n\u0000\"\\".toCharArray()) {
            String broken = base64.substring(0, 50) + c + base64.substring(51);
            assertThatIOException()
                    .as("%x", (int) c)
                    .isThrownBy(() -> read("{\"edited_image\":{\"image\":\"" + broken + "\"}}"));
        }
    }

    @Test
    void fieldsOfTheWrongPlaceOrTypeAreNotTaken() throws IOException {
        EraseAnswer answer = read("{\"image_id\":\"no\",\"mask\":\"bm8=\",\"session_id\":7,\"event_id\":null,"
                + "\"edited_image\":{\"image\":\"QUJD\",\"session_id\":\"no\",\"mask\":{\"image\":\"bm8=\"},"
                + "\"watermark_mask\":\"\"}}");

        assertThat(answer).isEqualTo(new EraseAnswer(null, null, null, null, null));
    }

    @Test
    void aPictureThatComesTwiceIsAnError() {
        assertThatIOException()
                .isThrownBy(() -> read("{\"edited_image\":{\"image\":\"QUJD\",\"image\":\"QUJD\"}}"))
                .withMessageContaining("twice");
        assertThatIOException()
                .isThrownBy(() -> read("{\"edited_image\":{\"image\":\"QUJD\"},\"edited_image\":{\"image\":\"QUJD\"}}"))
                .withMessageContaining("twice");
    }

    @Test
    void anIdHasABound() throws IOException {
        String json = "{\"session_id\":\"%s\",\"edited_image\":{\"image\":\"QUJD\"}}";

        assertThat(read(json.formatted("x".repeat(4096))).sessionId()).hasSize(4096);
        assertThat(read(json.formatted("x".repeat(4097))).sessionId()).isNull();
    }

    @Test
    void aTextThatIsNotNeededMayBeLong() throws IOException {
        assertThat(read("{\"log\":\"" + "x".repeat(1_000_000) + "\",\"edited_image\":{\"image\":\"QUJD\"}}"))
                .isNotNull();
    }

    @Test
    void nestingHasABound() throws IOException {
        String json = "{\"x\":%s1%s,\"edited_image\":{\"image\":\"QUJD\"}}";

        assertThat(read(json.formatted("[".repeat(64), "]".repeat(64)))).isNotNull();
        assertThatIOException()
                .isThrownBy(() -> read(json.formatted("[".repeat(65), "]".repeat(65))))
                .withMessageContaining("deeper than 64");
        assertThatIOException().isThrownBy(() -> read("{\"x\":" + "{\"a\":".repeat(100_000)));
    }

    @Test
    void aMaskThatIsTooLargeIsLeftOutAndThePictureKept() throws IOException {
        byte[] megabyte = "AAAA".repeat(1 << 18).getBytes(StandardCharsets.US_ASCII); // of base64
        Vector<InputStream> parts = new Vector<>();
        parts.add(stream("{\"edited_image\":{\"mask\":\""));
        for (int i = 0; i < 17; i++) {
            parts.add(new ByteArrayInputStream(megabyte));
        }
        parts.add(stream("\",\"image\":\"QUJD\"}}"));
        ByteArrayOutputStream image = new ByteArrayOutputStream();

        EraseAnswer answer = EraseAnswerReader.read(new SequenceInputStream(parts.elements()), image);

        assertThat(answer.mask()).isNull();
        assertThat(image.toString(StandardCharsets.US_ASCII)).isEqualTo("ABC");
    }

    @Test
    void aBrokenMaskOrAnEndlessIdIsLeftOutAndThePictureKept() throws IOException {
        ByteArrayOutputStream image = new ByteArrayOutputStream();

        EraseAnswer answer = EraseAnswerReader.read(
                stream("{\"session_id\":\"" + "x".repeat(5000)
                        + "\",\"edited_image\":{\"mask\":\"no base64!\",\"image\":\"QUJD\"}}"),
                image);

        assertThat(answer.mask()).isNull();
        assertThat(answer.sessionId()).isNull();
        assertThat(image.toString(StandardCharsets.US_ASCII)).isEqualTo("ABC");
    }

    @Test
    void aLargePictureIsNotKeptInMemory() throws IOException {
        byte[] chunk = "AAAA".repeat(1 << 18).getBytes(StandardCharsets.US_ASCII);
        Vector<InputStream> parts = new Vector<>();
        parts.add(stream("{\"edited_image\":{\"image\":\""));
        for (int i = 0; i < 200; i++) {
            parts.add(new ByteArrayInputStream(chunk));
        }
        parts.add(stream("\"}}"));
        Counting out = new Counting();

        EraseAnswerReader.read(new SequenceInputStream(parts.elements()), out);

        assertThat(out.bytes).isEqualTo(200L * (3 << 18));
        assertThat(out.longest).isLessThanOrEqualTo(32 * 1024);
    }

    @Test
    void whatFollowsTheAnswerIsNotWaitedFor() throws IOException {
        InputStream unread = new InputStream() {
            @Override
            public int read() {
                throw new AssertionError("read after the end");
            }
        };

        EraseAnswerReader.read(
                new SequenceInputStream(stream("{\"edited_image\":{\"image\":\"QUJD\"}}"), unread),
                OutputStream.nullOutputStream());
    }

    private static EraseAnswer read(String json) throws IOException {
        return EraseAnswerReader.read(stream(json), OutputStream.nullOutputStream());
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : null;
    }

    private static byte[] mask(JsonNode node, String field) throws IOException {
        byte[] bytes = node.path(field).isTextual() ? node.path(field).binaryValue() : new byte[0];
        return bytes.length == 0 ? null : bytes;
    }

    /** Counts what it gets. */
    private static final class Counting extends OutputStream {
        private long bytes;
        private int longest;

        @Override
        public void write(int b) {
            bytes++;
        }

        @Override
        public void write(byte[] b, int offset, int length) {
            bytes += length;
            longest = Math.max(longest, length);
        }
    }
}
