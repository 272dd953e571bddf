package io.github.cameldewatermark.process;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.code_intelligence.jazzer.Jazzer;
import com.code_intelligence.jazzer.junit.FuzzTest;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.testkit.JavaProcess;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * Looks for inputs that break a reader, guided by coverage: some thousands in each {@code …FuzzTest}, in a JVM of its own.
 * What it finds stays in {@code target/fuzz}, and so do the inputs that led somewhere new: the next build begins with them.
 */
class FuzzIT {

    private static final int SECONDS = Integer.getInteger("fuzz.seconds", 10);
    private static final int INPUTS = Integer.getInteger("fuzz.inputs", 20_000);

    /** The same in each build: none fails by chance, for what another change has nothing to do with. 0 is another one each time. */
    private static final int SEED = Integer.getInteger("fuzz.seed", 1);

    private static final Path FOLDER = Path.of("target", "fuzz").toAbsolutePath();

    /** Whose branches count: ours, and what reads for us. */
    private static final String READERS =
            "io.github.cameldewatermark.**:com.fasterxml.jackson.core.**:org.apache.commons.fileupload2.**";

    /** They follow each step of a regular expression, which takes three quarters of the time. */
    private static final String SLOW_HOOKS = "com.code_intelligence.jazzer.sanitizers.RegexRoadblocks";

    @Test
    @EnabledIfSystemProperty(named = "thorough", matches = "true") // the known inputs are tried in any case
    void noInputBreaksAReader() {
        List<String> targets = targets();
        assertThat(targets).isNotEmpty();

        List<Run> runs = targets.parallelStream().map(FuzzIT::run).toList();

        assumeTrue(runs.stream().allMatch(Run::hasJazzer), "Jazzer has no native library for this platform");
        assertThat(runs)
                .allSatisfy(run -> assertThat(run.exitCode()).as(run.words()).isZero());
        assertThat(runs)
                .allSatisfy(run -> assertThat(run.inputs()).as(run.words()).isPositive());
    }

    private static List<String> targets() {
        return new ClassFileImporter()
                .importPackages(DewatermarkComponent.class.getPackageName()).stream()
                        .filter(type -> type.getMethods().stream().anyMatch(m -> m.isAnnotatedWith(FuzzTest.class)))
                        .map(JavaClass::getName)
                        .toList();
    }

    private static Run run(String target) {
        try {
            String name = target.substring(target.lastIndexOf('.') + 1);
            // for both the corpus and the finds, so that a find is tried again until it is none any more
            Path inputs = Files.createDirectories(FOLDER.resolve(name));
            try (JavaProcess jazzer = JavaProcess.start(
                    Jazzer.class,
                    options(),
                    "--target_class=" + target,
                    "--instrumentation_includes=" + READERS,
                    "--custom_hook_includes=" + READERS,
                    "--disabled_hooks=" + SLOW_HOOKS,
                    "-runs=" + INPUTS,
                    "-max_total_time=" + SECONDS,
                    "-seed=" + SEED,
                    "-timeout=120", // a hang, and no slow start on a busy machine
                    "-rss_limit_mb=0", // it counts the memory of the JVM that has started this one; the heap is bounded
                    "-print_final_stats=1",
                    "-artifact_prefix=" + inputs + File.separator,
                    inputs.toString())) {
                Run run = new Run(target, jazzer.awaitEnd(SECONDS + 300), jazzer.output());
                Files.write(FOLDER.resolve(name + ".log"), run.output());
                return run;
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> options() throws IOException {
        Path temp = Files.createDirectories(FOLDER.resolve("tmp")); // Jazzer may leave files there
        return List.of(
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:+EnableDynamicAgentLoading",
                "-Djava.io.tmpdir=" + temp,
                "-Dslf4j.provider=org.slf4j.helpers.NOP_FallbackServiceProvider");
    }

    private record Run(String target, int exitCode, List<String> output) {

        private static final String INPUTS = "stat::number_of_executed_units:";

        long inputs() {
            return output.stream()
                    .filter(line -> line.startsWith(INPUTS))
                    .map(line -> line.substring(INPUTS.length()).strip())
                    .mapToLong(Long::parseLong)
                    .sum();
        }

        boolean hasJazzer() {
            return output.stream().noneMatch(line -> line.contains("UnsatisfiedLinkError"));
        }

        @Override
        public String toString() {
            return target;
        }

        /** What was found, and in which file it is. */
        String words() {
            return output.stream()
                    .filter(line -> !line.startsWith("#") && !line.startsWith("INFO:"))
                    .collect(Collectors.joining("\n", target + ":\n", "\n"));
        }
    }
}
