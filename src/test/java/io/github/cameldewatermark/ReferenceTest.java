package io.github.cameldewatermark;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of the reference have what the catalog JSON has. {@code -Ddocs.update=true} writes them anew.
 */
class ReferenceTest {

    private static final Path REFERENCE = Path.of("src/main/docs/dewatermark-component.adoc");
    private static final Path CATALOG =
            Path.of("src/generated/resources/META-INF/io/github/cameldewatermark/dewatermark.json");

    static Stream<Arguments> tables() {
        return Stream.of(
                Arguments.of("component-options", "componentProperties"),
                Arguments.of("endpoint-options", "properties"),
                Arguments.of("headers", "headers"));
    }

    @ParameterizedTest
    @MethodSource("tables")
    void theTableHasWhatTheCatalogHas(String tag, String section) throws IOException {
        String reference = Files.readString(REFERENCE);
        String begin = "// tag::" + tag + "[]\n";
        String end = "// end::" + tag + "[]\n";
        int from = reference.indexOf(begin) + begin.length();
        int to = reference.indexOf(end);
        String expected = table(new ObjectMapper().readTree(CATALOG.toFile()).path(section));

        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(REFERENCE, reference.substring(0, from) + expected + reference.substring(to));
        } else {
            assertThat(reference.substring(from, to))
                    .as("the table %s; mvn test -Dtest=ReferenceTest -Ddocs.update=true writes it anew", tag)
                    .isEqualTo(expected);
        }
    }

    private static String table(JsonNode entries) {
        return "[width=\"100%\",cols=\"2,5,1,2\",options=\"header\"]\n|===\n| Name | Description | Default | Type\n"
                + entries.properties().stream()
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining())
                + "|===\n";
    }

    private static String row(String name, JsonNode entry) {
        boolean duration = entry.path("type").asText().equals("duration");
        String type = duration ? "duration" : entry.path("javaType").asText();
        String values = entry.has("enum")
                ? StreamSupport.stream(entry.path("enum").spliterator(), false)
                        .map(JsonNode::asText)
                        .collect(Collectors.joining(", ", " Enum values: ", "."))
                : "";
        return "| *" + name + "* ("
                + entry.path("label").asText(entry.path("kind").asText()) + ") | "
                + (entry.path("required").asBoolean() ? "*Required* " : "")
                + entry.path("description").asText()
                + values
                + " | "
                + entry.path("defaultValue").asText()
                + (duration ? " ms" : "")
                + " | `"
                + type.substring(type.lastIndexOf('.') + 1)
                + "`\n";
    }
}
