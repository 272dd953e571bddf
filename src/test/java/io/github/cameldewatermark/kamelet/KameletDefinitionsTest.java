package io.github.cameldewatermark.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** What tools and people see of the Kamelets: by the conventions of the Kamelet catalog, and true. */
class KameletDefinitionsTest {

    private static final Path KAMELETS = Path.of("src/main/resources/kamelets");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final JsonNode CATALOG =
            catalog("src/generated/resources/META-INF/io/github/cameldewatermark/dewatermark.json");

    record Property(String kamelet, String name, JsonNode definition) {

        JsonNode option() {
            return CATALOG.path("properties").path(name);
        }

        @Override
        public String toString() {
            return kamelet + " " + name;
        }
    }

    static Stream<JsonNode> kamelets() throws IOException {
        try (Stream<Path> files = Files.list(KAMELETS)) {
            return files.sorted().map(KameletDefinitionsTest::read).toList().stream();
        }
    }

    static Stream<Property> properties() throws IOException {
        return kamelets().flatMap(kamelet -> kamelet.at("/spec/definition/properties").properties().stream()
                .map(property -> new Property(name(kamelet), property.getKey(), property.getValue())));
    }

    static Stream<Property> options() throws IOException {
        return properties().filter(property -> !property.option().isMissingNode());
    }

    static Stream<Arguments> eachWithItsFile() throws IOException {
        try (Stream<Path> files = Files.list(KAMELETS)) {
            return files.sorted().map(file -> Arguments.of(file, read(file))).toList().stream();
        }
    }

    @Test
    void thereAreFour() throws IOException {
        assertThat(kamelets().map(KameletDefinitionsTest::name))
                .containsExactly(
                        "dewatermark-credit-source",
                        "dewatermark-erase-action",
                        "dewatermark-pdf-action",
                        "dewatermark-video-action");
    }

    @ParameterizedTest
    @MethodSource("eachWithItsFile")
    void saysWhatTheConventionsOfTheCatalogAskFor(Path file, JsonNode kamelet) {
        assertThat(kamelet.path("apiVersion").asText()).isEqualTo("camel.apache.org/v1");
        assertThat(kamelet.path("kind").asText()).isEqualTo("Kamelet");
        assertThat(file).hasFileName(name(kamelet) + ".kamelet.yaml");
        String type =
                kamelet.at("/metadata/labels/camel.apache.org~1kamelet.type").asText();
        assertThat(name(kamelet)).endsWith("-" + type);
        assertThat(type).isIn("action", "source");
        JsonNode annotations = kamelet.at("/metadata/annotations");
        for (String annotation : new String[] {
            "kamelet.support.level", "kamelet.icon", "provider", "kamelet.group", "kamelet.namespace", "catalog.version"
        }) {
            assertThat(annotations.path("camel.apache.org/" + annotation).asText())
                    .as(annotation)
                    .isNotBlank();
        }
        assertThat(annotations.path("camel.apache.org/kamelet.icon").asText()).startsWith("data:image/svg+xml;base64,");
        JsonNode definition = kamelet.at("/spec/definition");
        assertThat(definition.path("title").asText()).endsWith(type.equals("action") ? " Action" : " Source");
        assertThat(definition.path("description").asText()).isNotBlank();
        assertThat(kamelet.at("/spec/dataTypes/out/default").asText()).isNotBlank();
    }

    @ParameterizedTest
    @MethodSource("kamelets")
    void dependsOnThisVersionOfTheComponent(JsonNode kamelet) {
        JsonNode component = CATALOG.path("component");
        String own = "mvn:" + component.path("groupId").asText() + ":"
                + component.path("artifactId").asText() + ":"
                + component.path("version").asText();

        assertThat(kamelet.at("/spec/dependencies"))
                .extracting(JsonNode::asText)
                .contains("camel:core", "camel:kamelet", own);
    }

    @ParameterizedTest
    @MethodSource("properties")
    void aPropertyHasATitleADescriptionATypeAndAPlaceInTheTemplate(Property property) throws IOException {
        JsonNode definition = property.definition();
        assertThat(definition.path("title").asText()).isNotBlank();
        assertThat(definition.path("description").asText()).endsWith(".");
        assertThat(definition.path("type").asText()).isIn("string", "boolean", "number", "integer");
        // without a default it need not be set
        String placeholder = "{{" + (definition.has("default") ? "" : "?") + property.name() + "}}";
        assertThat(Files.readString(KAMELETS.resolve(property.kamelet() + ".kamelet.yaml")))
                .contains(placeholder);
    }

    @ParameterizedTest
    @MethodSource("options")
    void anOptionOfTheComponentIsDescribedAsThere(Property property) {
        JsonNode definition = property.definition();
        JsonNode option = property.option();
        String said = option.path("description").asText();
        if (definition.has("default")) {
            assertThat(definition.path("default").asText())
                    .isEqualTo(option.path("defaultValue").asText());
        } else if (!property.name().equals("maskRegion")) {
            // a default would beat what is set on the component
            said += " Not set here, it is the one of the component"
                    + (option.has("defaultValue")
                            ? " (default " + option.path("defaultValue").asText() + ")."
                            : ".");
        }
        assertThat(definition.path("description").asText()).isEqualTo(said);
        assertThat(definition.path("enum")).isEqualTo(option.path("enum"));
        assertThat(definition.path("format").asText().equals("password"))
                .isEqualTo(option.path("secret").asBoolean());
        if (option.path("secret").asBoolean()) {
            assertThat(definition.path("x-descriptors"))
                    .extracting(JsonNode::asText)
                    .contains("urn:alm:descriptor:com.tectonic.ui:password", "urn:camel:group:credentials");
        }
    }

    private static String name(JsonNode kamelet) {
        return kamelet.at("/metadata/name").asText();
    }

    private static JsonNode read(Path file) {
        try {
            return JSON.valueToTree(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static JsonNode catalog(String file) {
        try {
            return JSON.readTree(Path.of(file).toFile());
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
