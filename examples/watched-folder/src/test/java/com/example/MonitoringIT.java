package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;

/** The alerts and the dashboard of the archive, compared with what the service shows after files that went well and one that failed. */
@Timeout(120)
class MonitoringIT {

    private static final ObjectMapper JSON = JsonMapper.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Not of the service: Prometheus itself has the first, and the blackbox exporter the other. */
    private static final Set<String> OF_OTHERS = Set.of("up", "probe_success");

    private static final Path RULES_TEST = Path.of("src/test/resources/alerts.test.yaml");

    @TempDir
    private static Path folder;

    private static Path monitoring;
    private static Scrape scrape;

    private final JsonNode dashboard = JSON.readTree(Files.readString(monitoring.resolve("dashboard.json")));
    private final JsonNode alerts = yaml(monitoring.resolve("alerts.yaml"));

    MonitoringIT() throws IOException {}

    @BeforeAll
    static void work() throws Exception {
        Installation installation = Installation.unpack(folder);
        monitoring = installation.home().resolve("monitoring");
        Path inbox = folder.resolve("inbox");
        try (Sandbox sandbox = Sandbox.start();
                ServiceProcess service = new ServiceProcess(installation, folder).with(folder, sandbox)) {
            sandbox.faults().on(Call.ERASE).times(1).inject(Fault.resetAfter());
            service.start().awaitLine(ServiceProcess.STARTED);
            Samples.drop(Samples.OTHER_PICTURE, inbox);
            service.awaitLine("billed: UNKNOWN");
            Samples.drop(Samples.PICTURE, inbox);
            Samples.drop(Samples.CLIP, inbox);
            service.awaitLine(Samples.PICTURE + " is clean");
            service.awaitLine(Samples.CLIP + " is clean");
            scrape = Scrape.parse(service.get("/metrics").body());
        }
    }

    @Test
    void eachAlertAsksForWhatTheServiceShows() {
        for (JsonNode alert : alerts()) {
            PromQl query = parse(alert.path("expr").asText());

            assertThat(alert.path("annotations").findValuesAsText("summary"))
                    .as(alert.path("alert").asText())
                    .allSatisfy(summary ->
                            assertThat(labels(summary, "\\$labels\\.(\\w+)")).isSubsetOf(labels(query)));
        }
    }

    @Test
    void eachAlertSaysHowSevereItIsAndWhatToDo() {
        assertThat(alerts()).hasSizeGreaterThan(5);
        assertThat(alerts()).allSatisfy(alert -> {
            assertThat(alert.path("for").asText()).matches("\\d+[smh]");
            assertThat(alert.at("/labels/severity").asText()).isIn("critical", "warning");
            assertThat(alert.at("/annotations/summary").asText()).isNotBlank().doesNotContain("\n");
            assertThat(alert.at("/annotations/description").asText()).isNotBlank();
        });
        assertThat(alerts()).extracting(alert -> alert.path("alert").asText()).doesNotHaveDuplicates();
    }

    @Test
    void eachPanelAsksForWhatTheServiceShows() {
        for (JsonNode panel : panels()) {
            for (JsonNode target : panel.path("targets")) {
                PromQl query = parse(target.path("expr").asText());

                assertThat(labels(target.path("legendFormat").asText(), "\\{\\{(\\w+)}}"))
                        .as(panel.path("title").asText())
                        .isSubsetOf(query.groupingLabels());
            }
        }
        for (JsonNode variable : dashboard.at("/templating/list")) {
            if (variable.path("type").asText().equals("query")) {
                String values = variable.at("/query/query").asText();
                parse(values.replaceFirst("label_values\\((.*), (\\w+)\\)", "count by ($2) ($1)"));
            }
        }
    }

    @Test
    void theDashboardIsForAnyDataSourceAndAlwaysTheSame() {
        assertThat(dashboard.path("uid").asText()).isEqualTo("dewatermark-watched-folder");
        assertThat(dashboard.path("schemaVersion").asInt()).isEqualTo(39);
        assertThat(dashboard.has("id")).isFalse(); // of a Grafana, which gives its own
        assertThat(dashboard.at("/templating/list/0/name").asText()).isEqualTo("DS_PROMETHEUS");
        assertThat(dashboard.at("/templating/list/0/type").asText()).isEqualTo("datasource");
        assertThat(dashboard.findValues("datasource"))
                .hasSizeGreaterThan(10)
                .allSatisfy(source -> assertThat(source.path("uid").asText()).isEqualTo("${DS_PROMETHEUS}"));
        assertThat(dashboard.toString()).doesNotContain("localhost", "http:", "https:", "127.0.0.1");
    }

    @Test
    void thePanelsAreBesideEachOther() {
        Set<String> cells = new HashSet<>();
        Set<Integer> ids = new HashSet<>();
        for (JsonNode panel : panels()) {
            assertThat(ids.add(panel.path("id").asInt())).isTrue();
            assertThat(panel.path("title").asText()).isNotBlank();
            JsonNode place = panel.path("gridPos");
            assertThat(place.path("x").asInt() + place.path("w").asInt()).isLessThanOrEqualTo(24);
            for (int x = 0; x < place.path("w").asInt(); x++) {
                for (int y = 0; y < place.path("h").asInt(); y++) {
                    assertThat(cells.add((place.path("x").asInt() + x) + "/"
                                    + (place.path("y").asInt() + y)))
                            .as(panel.path("title").asText())
                            .isTrue();
                }
            }
        }
        assertThat(dashboard.findValuesAsText("unit")).contains("s", "bytes", "reqps", "percentunit");
    }

    @Test
    void prometheusTakesTheAlertsAndEachFiresWhenItShould() throws Exception {
        assumeTrue(Stream.of(System.getenv("PATH").split(":"))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, "promtool"))));

        assertThatPromtoolAgrees("check", "rules", monitoring.resolve("alerts.yaml"));
        assertThatPromtoolAgrees("test", "rules", RULES_TEST);
    }

    private static void assertThatPromtoolAgrees(String command, String what, Path file) throws Exception {
        Process promtool = new ProcessBuilder("promtool", command, what, file.toString())
                .redirectErrorStream(true)
                .start();
        String output = new String(promtool.getInputStream().readAllBytes());
        assertThat(promtool.waitFor()).as(output).isZero();
    }

    /** Checks that there is something of all that it selects, and that it is grouped by labels that are there. */
    private static PromQl parse(String expression) {
        PromQl query = PromQl.parse(expression);
        assertThat(query.selectors())
                .as(expression)
                .isNotEmpty()
                .filteredOn(selector -> !OF_OTHERS.contains(selector.metric()))
                .allMatch(scrape::has);
        assertThat(query.groupingLabels()).as(expression).isSubsetOf(labels(query));
        return query;
    }

    private static Set<String> labels(PromQl query) {
        return scrape.labels(query.selectors());
    }

    private static List<String> labels(String text, String pattern) {
        Matcher label = Pattern.compile(pattern).matcher(text);
        return label.results().map(found -> found.group(1)).toList();
    }

    private List<JsonNode> alerts() {
        List<JsonNode> all = new ArrayList<>();
        alerts.path("groups").forEach(group -> group.path("rules").forEach(all::add));
        return all;
    }

    private List<JsonNode> panels() {
        List<JsonNode> all = new ArrayList<>();
        dashboard.path("panels").forEach(all::add);
        assertThat(all).hasSizeGreaterThan(10);
        return all;
    }

    private static JsonNode yaml(Path file) throws IOException {
        Object document = new Load(LoadSettings.builder().build()).loadFromString(Files.readString(file));
        return JSON.valueToTree(document);
    }
}
