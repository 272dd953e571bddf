package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.camel.catalog.CamelCatalog;
import org.apache.camel.catalog.DefaultCamelCatalog;
import org.apache.camel.catalog.EndpointValidationResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** All route files, without running them: their endpoints against the Camel catalog, and their placeholders. */
class RouteFilesTest {

    private static final Path ROUTES = Path.of(System.getProperty("routes", "../../routes"));
    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{([\\w.-]+)}}");
    private static final CamelCatalog CATALOG = catalog();

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(ROUTES)) {
            return files.filter(file -> file.toString().matches(".*\\.camel\\.(yaml|xml)")).sorted().toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyEndpointIsInTheCatalogWithAllItsOptions(Path file) throws Exception {
        for (String uri : uris(file)) {
            assertThat(problems(uri)).as(uri).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void everyPlaceholderHasAValue(Path file) throws IOException {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(ROUTES.resolve("application.properties"))) {
            properties.load(in);
        }
        TreeSet<String> used = PLACEHOLDER
                .matcher(Files.readString(file))
                .results()
                .map(match -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));

        used.removeAll(List.of("name", "root", "kinds")); // parameters of the templates
        assertThat(properties.stringPropertyNames()).containsAll(used);
    }

    @Test
    void everyPropertyOfARouteIsUsed() throws IOException {
        StringBuilder all = new StringBuilder();
        for (Path file : files().toList()) {
            all.append(Files.readString(file));
        }
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(ROUTES.resolve("application.properties"))) {
            properties.load(in);
        }

        assertThat(properties.stringPropertyNames())
                .filteredOn(name -> !name.startsWith("camel."))
                .allSatisfy(name -> assertThat(all).contains("{{" + name + "}}"));
    }

    @Test
    void aMistakeInAnOptionWouldBeFound() {
        assertThat(problems("dewatermark:erase?removeText=perhaps")).contains("removeText");
        assertThat(problems("dewatermark:erase?removeTxt=true")).contains("removeTxt");
        assertThat(problems("dewatermark:vide")).contains("operation");
        assertThat(problems("file:inbox?readLock=maybe")).contains("readLock");
        assertThat(problems("nobody:knows")).contains("unknown component");
    }

    @Test
    void theEndpointsOfAFileAreFound() throws Exception {
        assertThat(uris(ROUTES.resolve("s3-to-s3.camel.yaml")))
                .contains(
                        "dewatermark:video?journalDirectory=data/s3/.journal&resultRetention=30h",
                        "dewatermark:erase?journalDirectory=data/s3/.journal&resultRetention=30h",
                        "direct:s3-to-s3-failed")
                .anyMatch(uri -> uri.startsWith("timer:") && uri.contains("synchronous=true"));
        assertThat(uris(ROUTES.resolve("refine.camel.yaml")))
                .anyMatch(uri -> uri.startsWith("file:data/refine/inbox?fileName=${variable.mask}&"));
        assertThat(uris(ROUTES.resolve("watched-folder.camel.xml")))
                .contains(
                        "dewatermark:erase?journalDirectory=data/.journal",
                        "dewatermark:video?journalDirectory=data/.journal");
    }

    private static String problems(String uri) {
        if (CATALOG.componentJSonSchema(uri.substring(0, uri.indexOf(':'))) == null) {
            return "unknown component";
        }
        EndpointValidationResult result = CATALOG.validateEndpointProperties(uri, false);
        return result.isSuccess() ? "" : result.summaryErrorMessage(false);
    }

    private static List<String> uris(Path file) throws Exception {
        List<String> uris = new ArrayList<>();
        if (file.toString().endsWith(".xml")) {
            NodeList nodes = DocumentBuilderFactory.newInstance()
                    .newDocumentBuilder()
                    .parse(file.toFile())
                    .getElementsByTagName("*");
            for (int i = 0; i < nodes.getLength(); i++) {
                String uri = ((Element) nodes.item(i)).getAttribute("uri");
                if (!uri.isEmpty()) {
                    uris.add(uri);
                }
            }
        } else {
            collect(new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file)), uris);
        }
        return uris.stream().map(RouteFilesTest::filledIn).toList();
    }

    /** What has a uri, and the short forms of to and pollEnrich. */
    private static void collect(Object node, List<String> uris) {
        if (node instanceof List<?> list) {
            list.forEach(item -> collect(item, uris));
        } else if (node instanceof Map<?, ?> map) {
            if (map.get("uri") instanceof String uri) {
                uris.add(withParameters(uri, (Map<?, ?>) map.get("parameters")));
            }
            map.forEach((name, value) -> {
                if (value instanceof String uri && (name.equals("to") || name.equals("toD"))) {
                    uris.add(uri);
                }
                if (name.equals("pollEnrich") && ((Map<?, ?>) value).get("constant") instanceof String uri) {
                    uris.add(uri);
                }
                collect(value, uris);
            });
        }
    }

    private static String withParameters(String uri, Map<?, ?> parameters) {
        Map<?, ?> all = parameters == null ? new LinkedHashMap<>() : parameters;
        String query = all.entrySet().stream()
                // an expression or pattern may be anything
                .map(entry -> entry.getKey() + "=" + entry.getValue().toString().replaceAll("[?&%+]", "_"))
                .collect(Collectors.joining("&"));
        return query.isEmpty() ? uri : uri + (uri.contains("?") ? "&" : "?") + query;
    }

    /** With the values of the placeholders. */
    private static String filledIn(String uri) {
        Properties properties = new Properties();
        try (InputStream in = Files.newInputStream(ROUTES.resolve("application.properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return PLACEHOLDER
                .matcher(uri)
                .replaceAll(match -> value(properties, match))
                // what has a default
                .replaceAll("\\{\\{[\\w.]+:(.*?)}}", "$1")
                // an integer to the catalog, a duration to Camel; it knows no days
                .replaceAll("readLockMinAge=(\\d+)s", "readLockMinAge=$1000")
                .replaceAll("resultRetention=(\\d+)d", "resultRetention=$1h");
    }

    private static String value(Properties properties, MatchResult match) {
        return properties.getProperty(match.group(1), "").replaceAll("\\{\\{.*}}", "x");
    }

    private static CamelCatalog catalog() {
        CamelCatalog catalog = new DefaultCamelCatalog();
        String json = "/META-INF/io/github/cameldewatermark/dewatermark.json";
        try (InputStream in = RouteFilesTest.class.getResourceAsStream(json)) {
            catalog.addComponent(
                    "dewatermark",
                    "io.github.cameldewatermark.DewatermarkComponent",
                    new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        return catalog;
    }
}
