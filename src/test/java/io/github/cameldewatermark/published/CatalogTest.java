package io.github.cameldewatermark.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkComponentConfigurer;
import io.github.cameldewatermark.DewatermarkConstants;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The catalog JSON has all that editors and other tools show and check by. */
class CatalogTest {

    private static final Path FILE =
            Path.of("src/generated/resources/META-INF/io/github/cameldewatermark/dewatermark.json");

    /** An option of the component or of an endpoint, or a header. */
    record Entry(String section, String name, JsonNode json) {

        String text(String field) {
            return json.path(field).asText();
        }

        @Override
        public String toString() {
            return section + " " + name;
        }
    }

    static Stream<Entry> entries() throws IOException {
        return Stream.of("componentProperties", "properties", "headers").flatMap(CatalogTest::entries);
    }

    private static Stream<Entry> entries(String section) {
        return catalog().path(section).properties().stream()
                .map(entry -> new Entry(section, entry.getKey(), entry.getValue()));
    }

    static Stream<Entry> options() throws IOException {
        return entries().filter(entry -> !entry.section().equals("headers"));
    }

    static Stream<Entry> headers() {
        return entries("headers");
    }

    @Test
    void theComponentSaysWhatItIs() {
        JsonNode component = catalog().path("component");

        for (String field : List.of(
                "title", "description", "firstVersion", "label", "javaType", "groupId", "artifactId", "version")) {
            assertThat(component.path(field).asText()).as(field).isNotBlank();
        }
        assertThat(component.path("syntax").asText()).isEqualTo("dewatermark:operation");
        assertThat(component.path("supportLevel").asText()).isEqualTo("Stable");
        assertThat(component.path("async").asBoolean()).isTrue();
        assertThat(component.path("producerOnly").asBoolean()).isTrue();
        assertThat(component.path("remote").asBoolean()).isTrue();
        assertThat(component.path("lenientProperties").asBoolean()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("entries")
    void everyEntryIsDescribedAndSorted(Entry entry) {
        assertThat(entry.text("description")).isNotBlank();
        assertThat(entry.text("javaType")).isNotBlank();
        // what has no place of its own goes with the producer: the operation, and the component's configuration
        assertThat(entry.text("group"))
                .isIn(
                        "common",
                        "producer",
                        "producer (advanced)",
                        "erase",
                        "video",
                        "pdf",
                        "task",
                        "pdf",
                        "task",
                        "credit",
                        "security",
                        "proxy",
                        "health",
                        "advanced");
    }

    @ParameterizedTest
    @MethodSource("options")
    void whatHasAValueFromTheStartSaysWhich(Entry option) {
        if (option.text("type").matches("boolean|duration|enum")
                || option.text("javaType").matches("int|long|double")) {
            assertThat(option.json().has("defaultValue")
                            || option.json().path("required").asBoolean())
                    .isTrue();
        }
        assertThat(option.text("displayName")).isNotBlank();
    }

    static Stream<Entry> optionsWithDefaults() {
        return entries("componentProperties").filter(option -> option.json().has("defaultValue"));
    }

    @ParameterizedTest
    @MethodSource("optionsWithDefaults")
    void theDefaultIsTheValueFromTheStart(Entry option) {
        Object value =
                new DewatermarkComponentConfigurer().getOptionValue(new DewatermarkComponent(), option.name(), false);

        assertThat(String.valueOf(value)).isEqualTo(option.text("defaultValue"));
    }

    @Test
    void whatHasOnlyAFewValuesListsThem() {
        Map<String, List<String>> values = Map.of(
                "properties operation", List.of("erase", "video", "pdf", "credit"),
                "headers CamelDewatermarkOriginalFormat",
                        List.of("JPEG", "PNG", "GIF", "BMP", "TIFF", "WEBP", "MP4", "MOV", "MKV", "WEBM", "PDF"),
                "headers CamelDewatermarkTaskStatus", List.of("PROCESSING", "COMPLETED"));

        values.forEach((name, expected) -> {
            String[] path = name.split(" ");
            assertThat(catalog().path(path[0]).path(path[1]).path("enum"))
                    .as(name)
                    .extracting(JsonNode::asText)
                    .containsExactlyElementsOf(expected);
        });
    }

    @ParameterizedTest
    @MethodSource("options")
    void whatNobodyMayReadIsSecret(Entry option) {
        boolean secret = option.name().matches("(?i).*(key|password|username|token|secret)");

        assertThat(option.json().path("secret").asBoolean()).isEqualTo(secret);
    }

    @ParameterizedTest
    @MethodSource("headers")
    void aHeaderSaysWhichWayItGoes(Entry header) {
        assertThat(header.name()).startsWith("CamelDewatermark");
        assertThat(header.text("description")).containsAnyOf("In: ", "Out: ");
        assertThat(header.text("constantName")).startsWith(DewatermarkConstants.class.getName() + "#");
    }

    private static JsonNode catalog() {
        try {
            return new ObjectMapper().readTree(FILE.toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
