package io.github.cameldewatermark.client.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scanner by itself. */
class JsonScannerTest {

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    @Test
    void membersComeInTheirOrder() throws IOException {
        List<String> names = new ArrayList<>();
        JsonScanner json = scanner("{ \"a\" : 1 , \"b\":{}, \"\":\"x\",\"d\":[]}");
        json.token();
        json.object((name, first) -> {
            names.add(name);
            json.skip(first);
        });

        assertThat(names).containsExactly("a", "b", "", "d");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{,}",
                "{\"a\"}",
                "{\"a\":}",
                "{\"a\":1,}",
                "{\"a\":1 \"b\":2}",
                "{\"a\" 1}",
                "{a:1}",
                "{'a':1}",
                "{1:1}",
                "{\"a\":1]",
                "{\"a\":+}",
                "{\"a\":\"x\\q\"}"
            })
    void whatIsNoObjectIsRefused(String text) throws IOException {
        JsonScanner json = scanner(text);
        json.token();

        assertThatIOException()
                .isThrownBy(() -> json.object((name, first) -> {
                    if (first == '"') {
                        json.text();
                    } else {
                        json.skip(first);
                    }
                }));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\\u12", "\\u12g4\"", "\\ud83d\"", "\\ud83dx\"", "\\ud83d\\n\"", "\\", "\\x\"", "open"})
    void aBrokenStringIsRefused(String rest) {
        assertThatIOException().isThrownBy(() -> scanner(rest).text());
    }

    @Test
    void aStringIsUtf8WithEscapes() throws IOException {
        assertThat(scanner("a\\u00e9ä\\ud83d\\ude00😀\\/\\\"\\\\\\b\\f\\n\\r\\t\"")
                        .text())
                .isEqualTo("aéä😀😀/\"\\\b\f\n\r\t");
    }

    @Test
    void theBoundOfAStringIsInBytesAndExact() throws IOException {
        assertThat(scanner("12345\"").bytes(5)).asString().isEqualTo("12345");
        assertThat(scanner("123456\"").bytes(5)).isNull();
        assertThat(scanner("äää\"").bytes(5)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 24 * 1024 - 1, 24 * 1024, 24 * 1024 + 1, 48 * 1024, 72 * 1024 + 2})
    void base64IsDecodedAtEveryLengthAroundTheChunks(int length) throws IOException {
        byte[] bytes = new byte[length];
        new java.util.Random(length).nextBytes(bytes);
        for (String text : List.of(
                base64(bytes),
                base64(bytes).replaceAll("=", ""),
                base64(bytes).replace("/", "\\/"),
                base64(bytes).replace("=", "\\u003d"))) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();

            assertThat(scanner(text + "\"").base64(out)).isEqualTo(length);
            assertThat(out.toByteArray()).isEqualTo(bytes);
        }
    }

    @Test
    void theEndOfBase64IsSeenWhereverItIs() throws IOException {
        for (int length = 0; length < 20; length++) {
            String text = "ABCD".repeat(length);
            String escaped = new StringBuilder(text).insert(length, "\\n").toString();
            for (String before : List.of("", "1", "12", "123", "1234", "12345", "123456", "1234567")) {
                for (String value : List.of(text, escaped)) {
                    JsonScanner json = scanner(before + value + "\"}ABCDEFGH\"");
                    for (int i = 0; i < before.length(); i++) {
                        json.token();
                    }
                    assertThat(json.base64(new ByteArrayOutputStream())).isEqualTo(3L * length);
                    assertThat(json.token()).isEqualTo('}');
                }
            }
        }
    }

    @Test
    void whatIsNoAsciiIsNeitherQuoteNorBase64() {
        for (int c = 0x80; c < 0x100; c++) {
            String text = "ABCDEF" + (char) c + "H\"";
            byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
            assertThatIOException().isThrownBy(() -> new JsonScanner(new ByteArrayInputStream(bytes))
                    .base64(new ByteArrayOutputStream()));
        }
    }

    @Test
    void paddingBelongsToTheEnd() {
        String chunk = "A".repeat(Base64Chunks.SIZE - 1) + "=";

        assertThatIOException()
                .isThrownBy(() -> scanner(chunk + "QUJD\"").base64(new ByteArrayOutputStream()))
                .withMessageContaining("after its padding");
    }

    private static JsonScanner scanner(String text) {
        return new JsonScanner(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
    }
}
