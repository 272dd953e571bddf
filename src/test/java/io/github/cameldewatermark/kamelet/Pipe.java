package io.github.cameldewatermark.kamelet;

import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** A pipe with one of our Kamelets, as it is written for an integration platform. */
record Pipe(String name, String source, String step, String sink) {

    /** Through an action: from {@code direct:name} to {@code mock:name}. */
    static Pipe through(String name, String kamelet, Map<String, ?> properties) {
        return through(name, "uri: direct:" + name, kamelet, properties, "uri: mock:" + name);
    }

    static Pipe through(String name, String source, String kamelet, Map<String, ?> properties, String sink) {
        return new Pipe(name, source, ref(kamelet, properties), sink);
    }

    /** From a source to {@code mock:name}. */
    static Pipe from(String name, String kamelet, Map<String, ?> properties) {
        return new Pipe(name, ref(kamelet, properties), null, "uri: mock:" + name);
    }

    void addTo(CamelContext context) throws Exception {
        PluginHelper.getRoutesLoader(context).loadRoutes(ResourceHelper.fromString(name + ".yaml", yaml()));
    }

    private String yaml() {
        return """
                apiVersion: camel.apache.org/v1
                kind: Pipe
                metadata:
                  name: %s
                spec:
                  source:
                """.formatted(name)
                + source.indent(4)
                + (step == null ? "" : "  steps:\n  -\n" + step.indent(4))
                + "  sink:\n"
                + sink.indent(4);
    }

    private static String ref(String kamelet, Map<String, ?> properties) {
        return """
                ref:
                  kind: Kamelet
                  apiVersion: camel.apache.org/v1
                  name: %s
                """.formatted(kamelet)
                + (properties.isEmpty()
                        ? ""
                        : "properties:\n"
                                + properties.entrySet().stream()
                                        .map(property -> "  " + property.getKey() + ": '"
                                                + raw(property.getValue().toString()) + "'\n")
                                        .collect(Collectors.joining()));
    }

    /** CAMEL-23594: else what isn't a letter or digit reaches the Kamelet of a step encoded as in a URL. */
    private static String raw(String value) {
        return value.matches("[\\w.-]*") ? value : "RAW(" + value + ")";
    }
}
