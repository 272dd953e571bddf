package io.github.cameldewatermark.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/** One call of each micro-benchmark: that it works, not how fast. */
class BenchmarksTest {

    @Test
    void everyBenchmarkRuns() throws Exception {
        Options once = new OptionsBuilder()
                .include("Benchmark")
                .param("size", "300000")
                .mode(Mode.SingleShotTime)
                .warmupIterations(0)
                .measurementIterations(1)
                .forks(0)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();

        Collection<RunResult> results = new Runner(once).run();

        assertThat(results)
                .extracting(result -> result.getParams().getBenchmark().replaceFirst(".*\\.(.*)\\..*", "$1"))
                .contains(
                        "EraseAnswerReaderBenchmark",
                        "ImageInspectorBenchmark",
                        "PollScheduleBenchmark",
                        "RequestBodyBenchmark");
    }
}
