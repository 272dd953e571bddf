package io.github.cameldewatermark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The tables of the reference have what the catalog JSON has.
 */
class ReferenceTest {

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
        ReferenceTable.assertHas(
                tag, table(new ObjectMapper().readTree(CATALOG.toFile()).path(section)));
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
                + entry.path("group").asText() + ") | "
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
