package io.github.cameldewatermark.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The configurers and the catalog JSON are committed, so that a first build of a clean checkout has them. */
class GeneratedSourcesIT {

    @Test
    void whatIsCommittedIsWhatTheBuildGenerates() throws IOException {
        Map<String, String> before = files(Path.of(System.getProperty("generated.before")));
        Map<String, String> now = files(Path.of("src/generated"));

        assertThat(now)
                .as("src/generated was stale; this build has brought it up to date: commit it")
                .isEqualTo(before)
                .isNotEmpty();
    }

    private static Map<String, String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .collect(Collectors.toMap(
                            file -> folder.relativize(file).toString(),
                            GeneratedSourcesIT::read,
                            (a, b) -> a,
                            TreeMap::new));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
