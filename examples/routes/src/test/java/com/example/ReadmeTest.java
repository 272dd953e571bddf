package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The routes that the README of the component shows, run as they stand there. */
@Timeout(240)
class ReadmeTest {

    private static final Path README = Path.of(System.getProperty("routes", "../../routes"), "../README.md");
    private static final String CLASS = """
            %s
            public class Readme extends org.apache.camel.builder.RouteBuilder {
                @Override
                public void configure() {
                    %s
                }
            }
            """;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({
        "yaml, file:, readme.camel.yaml",
        "xml, file:, readme.camel.xml",
        "java, file:, Readme.java",
        "java, 'file(\"', Readme.java"
    })
    void theRouteCleansAPicture(String language, String endpoint, String fileName) throws Exception {
        String route = route(language, endpoint);
        Path file = folder.resolve(fileName);
        Files.writeString(file, language.equals("java") ? classOf(route) : route);
        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());

        try (RouteRun run = new RouteRun(file.toString())) {
            run.start();

            soon().untilAsserted(() ->
                    assertThat(folder.resolve("inbox/.done/photo.jpg")).hasBinaryContent(Samples.jpeg()));
        }

        assertThat(folder.resolve("outbox/photo.jpg")).isNotEmptyFile();
    }

    private static String classOf(String route) {
        int end = route.lastIndexOf("import ");
        int code = end < 0 ? 0 : route.indexOf('\n', end) + 1;
        return CLASS.formatted(route.substring(0, code), route.substring(code));
    }

    /** The one that takes from the inbox by such an endpoint, with folders of this test. */
    private String route(String language, String endpoint) throws IOException {
        List<String> routes = Pattern.compile("(?s)```" + language + "\n(.*?)```")
                .matcher(Files.readString(README))
                .results()
                .map(block -> block.group(1))
                .filter(block -> block.contains(endpoint + "inbox"))
                .toList();
        assertThat(routes).hasSize(1);
        return routes.get(0).replaceAll("file(:|\\(\")(inbox|outbox)", "file$1" + folder + "/$2");
    }
}
