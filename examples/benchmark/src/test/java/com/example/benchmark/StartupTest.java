package com.example.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One start of each application: that it works, not how fast. */
class StartupTest {

    @Test
    void everyApplicationHasItsFirstExchangeDone(@TempDir Path folder) throws Exception {
        Settings settings = Settings.of(
                "--sizes=0.3",
                "--concurrency=1",
                "--contenders=all",
                "--rounds=1",
                "--seconds=0",
                "--heap=false",
                "--output=" + folder,
                "--jvmArgs=-Xmx256m -XX:TieredStopAtLevel=1 -XX:+UseSerialGC");

        String report = Startup.run(settings).markdown();

        for (StartupApp.Kind kind : StartupApp.Kind.values()) {
            assertThat(report).containsPattern("\\| " + kind.title() + " \\| \\d+ \\| \\d+ \\| \\d+ \\|");
        }
    }
}
