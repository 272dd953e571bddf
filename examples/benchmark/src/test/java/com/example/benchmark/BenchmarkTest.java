package com.example.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One short round: that it works, not how fast. */
class BenchmarkTest {

    /** A contender that has other bytes than the server gave it fails the run. */
    @Test
    void everyContenderHasTheRightBytesAndTheReportsHaveThemAll(@TempDir Path folder) throws Exception {
        Settings settings = Settings.of(
                "--sizes=0.3",
                "--concurrency=2",
                "--contenders=all",
                "--rounds=1",
                "--seconds=0",
                "--heap=false",
                "--output=" + folder,
                "--jvmArgs=-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

        List<Result> results = Benchmark.run(settings);
        Report report = new Report(Machine.now(), results);
        report.write(folder);

        assertThat(results)
                .extracting(Result::contender)
                .contains(
                        ContenderKind.FLOOR,
                        ContenderKind.COMPONENT_MEMORY,
                        ContenderKind.COMPONENT_FILE,
                        ContenderKind.FILES,
                        ContenderKind.PLAIN_ROUTE,
                        ContenderKind.JDK_CLIENT);
        for (Result result : results) {
            assertThat(report.markdown()).contains(result.contender().title());
        }
        assertThat(folder.resolve("pictures.svg")).content().contains("component, to memory");
        assertThat(Files.size(folder.resolve("benchmark.json"))).isPositive();
    }

    /** The server looks at what is uploaded, and each result is compared with its clip. */
    @Test
    void clipsAreTheSameAfterAllCallsAndTheReportHasThemAndThePolls(@TempDir Path folder) throws Exception {
        VideoSettings settings = VideoSettings.of(
                "--clips=3x2",
                "--tasks=200",
                "--pollInterval=1",
                "--rounds=1",
                "--seconds=0",
                "--verified=true",
                "--output=" + folder,
                "--videoJvmArgs=-DwarmUp=0.05 -Xmx64m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

        VideoReport report = new VideoReport(Machine.now(), Video.run(settings));
        report.write(folder);

        assertThat(report.markdown())
                .contains("| 3 MB, 2 at once | clips/s |")
                .contains("| component, file to file |")
                .contains("| 200 tasks in flight, each polled every 1 s | calls/s |")
                .contains("| component |");
        assertThat(folder.resolve("video-megabytes.svg")).content().contains("component, file to file");
        assertThat(Files.size(folder.resolve("video.json"))).isPositive();
    }
}
