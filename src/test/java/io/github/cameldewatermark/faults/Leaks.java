package io.github.cameldewatermark.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What is there that wasn't when this began. */
final class Leaks {

    /** Of the JVM and of the test itself, for good or for a while. */
    private static final Pattern OTHERS = Pattern.compile(
            "(ForkJoinPool|Java2D|Common-Cleaner|Cleaner-|process reaper|awaitility|junit|surefire|Attach).*");

    private static final Path TEMP = Path.of(System.getProperty("java.io.tmpdir"));
    private static final String TEMP_FOLDERS =
            "camel-dewatermark-" + ProcessHandle.current().pid() + "-";

    private final Set<Thread> before = threads();

    /** While a node runs that has nothing to do, and nobody has a result: its folder of temp files has but its lock. */
    void assertNoTempFiles() {
        await().untilAsserted(() -> {
            System.gc();
            for (Path folder : tempFolders()) {
                try (Stream<Path> files = Files.list(folder)) {
                    assertThat(files).hasSizeLessThanOrEqualTo(1);
                }
            }
        });
    }

    /** When everything is stopped. */
    void assertNone() throws IOException {
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> assertThat(threads().stream()
                        .filter(thread -> !before.contains(thread))
                        .map(Thread::getName)
                        .filter(name -> !OTHERS.matcher(name).matches()))
                .isEmpty());
        assertThat(tempFolders()).isEmpty();
    }

    private static Set<Thread> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .collect(Collectors.toSet());
    }

    private static List<Path> tempFolders() throws IOException {
        try (Stream<Path> files = Files.list(TEMP)) {
            return files.filter(file -> file.getFileName().toString().startsWith(TEMP_FOLDERS))
                    .toList();
        }
    }
}
