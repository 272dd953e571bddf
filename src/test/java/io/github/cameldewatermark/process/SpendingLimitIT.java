package io.github.cameldewatermark.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two processes that send what they can never deliver, again and again, and are killed meanwhile: the limit holds. */
@Timeout(180)
class SpendingLimitIT {

    private static final int LIMIT = 10;
    private static final int PICTURES = 40;
    private static final int KILLS = Thorough.of(3, 2);

    @TempDir
    private Path folder;

    @Test
    void noMoreIsSpentThanTheLimitWhateverBecomesOfTheProcesses() throws Exception {
        for (int i = 0; i < PICTURES; i++) {
            TestFiles.drop(folder.resolve("inbox-" + i % 2 + "/" + i + ".jpg"), TestPictures.numbered(i));
        }
        try (Sandbox sandbox =
                Sandbox.builder().pictureEngine(new WhiteningPictures()).start()) {
            sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(Duration.ofMillis(200)));
            try (JavaProcess other = node(sandbox, 1)) {
                for (int i = 0; i < KILLS; i++) {
                    long calls = sandbox.requests().arrived(Call.ERASE);
                    try (JavaProcess node = node(sandbox, 0)) {
                        await().atMost(60, SECONDS)
                                .until(() -> sandbox.requests().arrived(Call.ERASE) > calls || spent() == LIMIT);
                        node.killAfter(Duration.ofMillis(50));
                    }
                }
                other.awaitLine(SpendingNode.REACHED, 60);
            }
            try (JavaProcess last = node(sandbox, 0)) {
                last.awaitLine(SpendingNode.REACHED, 60);
            }

            assertThat(spent()).isEqualTo(LIMIT);
            assertThat(sandbox.ledger()).hasSizeLessThanOrEqualTo(LIMIT);
        }
    }

    /** What the last lines with their references say. */
    private long spent() throws IOException {
        Path ledger = folder.resolve("journal/ledger.csv");
        if (!Files.exists(ledger)) {
            return 0;
        }
        Map<String, String> last = Files.readAllLines(ledger).stream()
                .skip(1)
                .collect(Collectors.toMap(
                        line -> line.substring(line.lastIndexOf(',') + 1), line -> line, (one, next) -> next));
        return last.values().stream().filter(line -> !line.contains(",NO,")).count();
    }

    private JavaProcess node(Sandbox sandbox, int inbox) throws IOException {
        JavaProcess node = JavaProcess.start(
                SpendingNode.class,
                List.of("-Xmx64m"),
                folder.resolve("inbox-" + inbox).toString(),
                folder.resolve("journal").toString(),
                sandbox.baseUrl(),
                sandbox.apiKey(),
                LIMIT + "/1h");
        node.awaitLine(SpendingNode.STARTED, 60);
        return node;
    }
}
