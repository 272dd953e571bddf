package io.github.cameldewatermark.published;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;

/**
 * The tables of the reference have what the catalog JSON has. Options that endpoint and component have in common are in one
 * table only, that of the endpoint.
 */
class ReferenceTest {

    private static final Path CATALOG =
            Path.of("src/generated/resources/META-INF/io/github/cameldewatermark/dewatermark.json");

    private static final List<String> SHOWN = List.of("description", "defaultValue", "javaType", "enum");

    private final JsonNode catalog = new ObjectMapper().readTree(CATALOG.toFile());

    private final JsonNode ofComponent = catalog.path("componentProperties");
    private final JsonNode ofEndpoint = catalog.path("properties");

    ReferenceTest() throws IOException {}

    @Test
    void theOptionsOfTheEndpointAreInTheReference() throws IOException {
        ReferenceTable.assertPartial("endpoint-options", table(ofEndpoint, name -> true));
    }

    @Test
    void theOptionsThatOnlyTheComponentHasAreInTheReference() throws IOException {
        ReferenceTable.assertPartial("component-options", table(ofComponent, name -> !ofEndpoint.has(name)));
    }

    @Test
    void theHeadersAreInTheReference() throws IOException {
        ReferenceTable.assertPartial("headers", table(catalog.path("headers"), name -> true));
    }

    @Test
    void theComponentHasTheSameOptionsAsTheEndpoint() {
        Set<String> names =
                ofEndpoint.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
        names.remove("operation"); // the path of the URI

        assertThat(names).isNotEmpty().allSatisfy(name -> assertThat(SHOWN)
                .allSatisfy(field -> assertThat(ofComponent.path(name).path(field))
                        .as("%s of %s", field, name)
                        .isEqualTo(ofEndpoint.path(name).path(field))));
    }

    private static String table(JsonNode entries, Predicate<String> which) {
        return "[width=\"100%\",cols=\"2,5,1,2\",options=\"header\"]\n|===\n| Name | Description | Default | Type\n"
                + entries.properties().stream()
                        .filter(entry -> which.test(entry.getKey()))
                        .map(entry -> row(entry.getKey(), entry.getValue()))
                        .collect(Collectors.joining())
                + "|===\n";
    }

    private static String row(String name, JsonNode entry) {
        boolean duration = entry.path("type").asText().equals("duration");
        String type = duration ? "duration" : entry.path("javaType").asText();
        List<String> values = StreamSupport.stream(entry.path("enum").spliterator(), false)
                .map(JsonNode::asText)
                .toList();
        String description = entry.path("description").asText();
        return "| *" + name + "* ("
                + entry.path("group").asText() + ") | "
                + (entry.path("required").asBoolean() ? "*Required* " : "")
                + description
                // most descriptions explain them
                + (values.stream().allMatch(description::contains)
                        ? ""
                        : " Enum values: " + String.join(", ", values) + ".")
                + " | "
                + entry.path("defaultValue").asText()
                + (duration ? " ms" : "")
                + " | `"
                + type.substring(type.lastIndexOf('.') + 1)
                + "`\n";
    }
}
