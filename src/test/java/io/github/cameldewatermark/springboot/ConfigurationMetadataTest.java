package io.github.cameldewatermark.springboot;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * What editors complete in application.yaml is what the catalog JSON has. {@code -Ddocs.update=true} writes it anew.
 */
class ConfigurationMetadataTest {

    private static final Path META_INF = Path.of("src/generated/resources/META-INF");
    private static final String COMPONENT = "io.github.cameldewatermark.DewatermarkComponent";
    private static final Map<String, String> BOXED = Map.of(
            "int",
            "java.lang.Integer",
            "long",
            "java.lang.Long",
            "boolean",
            "java.lang.Boolean",
            "double",
            "java.lang.Double");

    private final ObjectMapper mapper = new ObjectMapper();
    private final ArrayNode properties = mapper.createArrayNode();
    private final ArrayNode hints = mapper.createArrayNode();

    @Test
    void theMetadataHaveAllOptionsOfTheComponent() throws IOException {
        Path file = META_INF.resolve("spring-configuration-metadata.json");
        String expected = metadata();

        if (Boolean.getBoolean("docs.update")) {
            Files.writeString(file, expected);
        }

        assertThat(file)
                .as("run this test with -Ddocs.update=true to write it anew")
                .hasContent(expected);
    }

    @Test
    void eachKeyIsOneThatSetsItsOption() throws IOException {
        catalog().properties().forEach(option -> {
            String key = EnvironmentOptions.key("dewatermark", option.getKey());

            assertThat(key).matches("camel\\.component\\.dewatermark\\.[a-z-]+");
            assertThat(EnvironmentOptions.option(key.substring(key.lastIndexOf('.') + 1)))
                    .isEqualToIgnoringCase(option.getKey());
        });
    }

    private JsonNode catalog() throws IOException {
        return mapper.readTree(META_INF.resolve("io/github/cameldewatermark/dewatermark.json")
                        .toFile())
                .path("componentProperties");
    }

    private String metadata() throws IOException {
        property(
                "camel.component.dewatermark.enabled",
                "java.lang.Boolean",
                "Whether the options of the component are set from the environment.",
                mapper.getNodeFactory().booleanNode(true));
        property(
                "camel.component.dewatermark.customizer.enabled",
                "java.lang.Boolean",
                "Whether they are, as in the starters of Camel; camel.component.customizer.enabled is for all components.",
                mapper.getNodeFactory().booleanNode(true));
        catalog().properties().forEach(option -> add(option.getKey(), option.getValue()));
        ObjectNode root = mapper.createObjectNode();
        root.putArray("groups")
                .addObject()
                .put("name", "camel.component.dewatermark")
                .put("type", COMPONENT)
                .put("sourceType", COMPONENT);
        root.set("properties", properties);
        root.set("hints", hints);
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private void add(String name, JsonNode option) {
        String key = EnvironmentOptions.key("dewatermark", name);
        boolean duration = option.path("type").asText().equals("duration");
        String type = option.path("javaType").asText();
        JsonNode defaultValue = option.get("defaultValue");
        property(
                key,
                duration ? "java.time.Duration" : BOXED.getOrDefault(type, type),
                option.path("description").asText(),
                duration ? mapper.getNodeFactory().textNode(defaultValue.asText() + "ms") : defaultValue);
        if (option.has("enum")) {
            ArrayNode values = hints.addObject().put("name", key).putArray("values");
            option.path("enum").forEach(value -> values.addObject().set("value", value));
        }
    }

    private void property(String key, String type, String description, JsonNode defaultValue) {
        ObjectNode property = properties
                .addObject()
                .put("name", key)
                .put("type", type)
                .put("description", description)
                .put("sourceType", COMPONENT);
        if (defaultValue != null) {
            property.set("defaultValue", defaultValue);
        }
    }
}
