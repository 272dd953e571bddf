package io.github.cameldewatermark.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.Base64;

/** Any bytes for an erase answer: they are read as Jackson reads them, or refused by an {@link IOException}. */
class EraseAnswerFuzzTest {

    private static final ObjectMapper JACKSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    @FuzzTest
    void anAnswerIsReadAsJacksonReadsItOrRefused(byte[] bytes) {
        ByteArrayOutputStream image = new ByteArrayOutputStream();
        EraseAnswer answer;
        try {
            answer = EraseAnswerReader.read(new ByteArrayInputStream(bytes), image);
        } catch (IOException e) {
            return;
        }
        if (!Arrays.equals(new String(bytes, UTF_8).getBytes(UTF_8), bytes)) {
            return; // what isn't UTF-8 has no right reading: Jackson drops a byte of a name
        }
        JsonNode tree;
        byte[] expected;
        try {
            tree = JACKSON.readTree(bytes);
            expected = Base64.getDecoder()
                    .decode(tree.path("edited_image")
                            .path("image")
                            .asText()
                            .replace("\n", "")
                            .replace("\r", ""));
        } catch (IOException | IllegalArgumentException e) {
            return; // ours is lenient where that does no harm
        }
        assertThat(image.toByteArray()).isEqualTo(expected);
        assertThat(answer.sessionId()).isEqualTo(text(tree.path("session_id")));
        assertThat(answer.eventId()).isEqualTo(text(tree.path("event_id")));
        assertThat(answer.imageId()).isEqualTo(text(tree.path("edited_image").path("image_id")));
    }

    private static String text(JsonNode value) {
        return value.isTextual() && value.textValue().length() <= 1000 ? value.textValue() : null;
    }
}
