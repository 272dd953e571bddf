package io.github.cameldewatermark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests whose log, Camel and this component at TRACE, has no API key, and no signed URL with its query. */
class SecretsInLogsIT {

    /** The keys of the tests, and what signs the URLs of the sandbox and of the tests. */
    private static final Pattern SECRET = Pattern.compile(
            "sandbox-key|test-key|s3cr3t|dw-Key|my-private-key"
                    + "|key-of-(?:one|other)|key-too|Signature=(?!…)|s1gned-by-storage",
            Pattern.CASE_INSENSITIVE);

    /** Camel shows the properties of a Kamelet below INFO, the key that a pipe gives it included. */
    private static final Pattern SECRET_OF_KAMELET = Pattern.compile("kamelet-key");

    private static final Pattern LINE = Pattern.compile("[-\\d]{10} [:,\\d]{12} (\\w+) +\\[[^\\]]*] (\\S+) - (.*)");

    /**
     * Here Camel itself shows the configuration as it is written, below INFO: the URI of an endpoint, and the properties
     * of camel-main. The reference warns of it.
     */
    private static final Set<String> SHOW_CONFIGURATION = Set.of(
            "org.apache.camel.impl.engine.AbstractCamelContext",
            "org.apache.camel.main.BaseMainSupport",
            "org.apache.camel.main.MainHelper",
            "org.apache.camel.management.JmxManagementLifecycleStrategy",
            "org.apache.camel.support.DefaultComponent",
            "org.apache.camel.support.EndpointHelper",
            "org.apache.camel.support.management.MixinRequiredModelMBean");

    private static final Pattern CONFIGURATION = Pattern.compile("apiKey=\\S*", Pattern.CASE_INSENSITIVE);

    @Test
    void noTestHasLoggedAKeyOrASignedUrl(@TempDir Path folder) throws Exception {
        Path file = folder.resolve("traced.log");
        try (JavaProcess tests = JavaProcess.start(
                TracedTests.class,
                List.of("-Dtest.log=" + file, "-Dtest.log.level=trace", "-Dthorough=" + Thorough.ON))) {
            assertThat(tests.awaitEnd(300))
                    .as(() -> String.join("\n", tests.output()))
                    .isZero();
        }
        List<String> leaks = new ArrayList<>();
        int own = 0;
        int camel = 0;
        try (BufferedReader log = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
            for (String line = log.readLine(); line != null; line = log.readLine()) {
                Matcher entry = LINE.matcher(line);
                String logger = entry.matches() ? entry.group(2) : "";
                boolean low = entry.matches()
                        && (entry.group(1).equals("TRACE") || entry.group(1).equals("DEBUG"));
                own += logger.startsWith("io.github.cameldewatermark.") ? 1 : 0;
                camel += low && logger.startsWith("org.apache.camel.") ? 1 : 0;
                String shown = low && SHOW_CONFIGURATION.contains(logger)
                        ? CONFIGURATION.matcher(line).replaceAll("")
                        : line;
                if (SECRET.matcher(shown).find()
                        || (!low && SECRET_OF_KAMELET.matcher(line).find())) {
                    leaks.add(line);
                }
            }
        }

        assertThat(leaks).isEmpty();
        assertThat(own).as("lines of this component").isGreaterThan(200);
        assertThat(camel).as("lines of Camel below INFO").isGreaterThan(10_000);
    }
}
