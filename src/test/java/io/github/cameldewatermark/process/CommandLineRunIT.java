package io.github.cameldewatermark.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Route files run by nothing but a class path and a command line: no class, no project, no configuration file. */
@Timeout(180)
class CommandLineRunIT {

    private static final String PIPE = """
            apiVersion: camel.apache.org/v1
            kind: Pipe
            metadata:
              name: clean
            spec:
              source:
                uri: "file:{{folder}}/inbox"
              steps:
                - ref:
                    kind: Kamelet
                    apiVersion: camel.apache.org/v1
                    name: dewatermark-erase-action
              sink:
                uri: "file:{{folder}}/outbox"
            """;

    @TempDir
    private Path folder;

    @BeforeEach
    void dropAPicture() throws IOException {
        TestFiles.drop(folder.resolve("inbox/photo.jpg"), TestPictures.jpeg());
    }

    @Test
    void aRouteFileCleansAPicture() throws Exception {
        cleansAPicture("file:routes/watched-folder.camel.yaml");
    }

    @Test
    void aPipeWithAKameletCleansAPicture() throws Exception {
        Path pipe = Files.writeString(folder.resolve("clean.yaml"), PIPE);

        cleansAPicture("file:" + pipe);
    }

    @Test
    void withoutAKeyTheProcessEndsAtOnceAndSaysHowToSetIt() throws Exception {
        try (JavaProcess camel = run("file:routes/watched-folder.camel.yaml", "http://127.0.0.1:1", null)) {
            assertThat(camel.awaitEnd(90)).isNotZero();
            assertThat(camel.output())
                    .anyMatch(line -> line.contains("The option apiKey is missing")
                            && line.contains("camel.component.dewatermark.api-key"));
        }
    }

    private void cleansAPicture(String route) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().credits(10).start();
                JavaProcess camel = run(route, sandbox.baseUrl(), sandbox.apiKey())) {
            await().atMost(90, SECONDS)
                    .failFast("it ended", () -> !camel.isAlive())
                    .until(() -> !Files.exists(folder.resolve("inbox/photo.jpg")));

            assertThat(folder.resolve("outbox/photo.jpg")).isNotEmptyFile();
            assertThat(sandbox.balance()).isEqualByComparingTo("9");
            camel.stop(60);
        }
    }

    private JavaProcess run(String route, String baseUrl, String key) throws IOException {
        List<String> options = new ArrayList<>(List.of(
                "-Dcamel.main.routesIncludePattern=" + route,
                "-Dcamel.component.dewatermark.baseUrl=" + baseUrl,
                "-Dlog4j2.configurationFile=" + folder.resolve("none.properties"),
                "-Dfolder=" + folder));
        if (key != null) {
            options.add("-Dcamel.component.dewatermark.apiKey=" + key);
        }
        return JavaProcess.start(Main.class, options);
    }
}
