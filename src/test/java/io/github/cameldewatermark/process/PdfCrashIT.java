package io.github.cameldewatermark.process;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.journal.JournalFiles;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.sandbox.platform.LedgerEntry;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPdfs;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A folder of PDFs whose process is killed in each of the calls for one: each PDF arrives, and is paid once. */
@Timeout(300)
class PdfCrashIT {

    private static final String KEY = "sandbox-key";

    /**
     * In which call, and how long after its head has arrived; it is answered after 300 ms. A submit that is killed before its last
     * byte is there, is waited for until the timeout, as nobody can tell that it isn't: so there is one PDF at a time, and its
     * submit has time to arrive.
     */
    private record Kill(Call call, int millis) {}

    private static final List<Kill> KILLS = Thorough.ON
            ? List.of(
                    new Kill(Call.CREATE_UPLOAD, 0),
                    new Kill(Call.CREATE_UPLOAD, 250),
                    new Kill(Call.UPLOAD, 0),
                    new Kill(Call.UPLOAD, 250),
                    new Kill(Call.SUBMIT, 100),
                    new Kill(Call.SUBMIT, 250),
                    new Kill(Call.STATUS, 0),
                    new Kill(Call.STATUS, 250),
                    new Kill(Call.DOWNLOAD, 0),
                    new Kill(Call.DOWNLOAD, 250))
            : List.of(new Kill(Call.UPLOAD, 0), new Kill(Call.SUBMIT, 100), new Kill(Call.DOWNLOAD, 0));

    @TempDir
    private Path folder;

    @Test
    void aPdfWhoseProcessIsKilledArrivesAndIsPaidOnce() throws Exception {
        try (Sandbox sandbox =
                Sandbox.builder().taskDuration(Duration.ofMillis(500)).start()) {
            for (Call call : Call.values()) {
                sandbox.faults().on(call).always().inject(Fault.delay(Duration.ofMillis(300)));
            }
            for (int i = 0; i < KILLS.size(); i++) {
                Kill kill = KILLS.get(i);
                try (JavaProcess node = node(sandbox)) {
                    awaitDone(i);
                    long calls = sandbox.requests().arrived(kill.call());
                    drop(i);
                    await().atMost(60, SECONDS).until(() -> sandbox.requests().arrived(kill.call()) > calls);
                    node.killAfter(Duration.ofMillis(kill.millis()));
                }
            }
            try (JavaProcess last = node(sandbox)) {
                awaitDone(KILLS.size());
                last.stop(60);
            }

            assertThat(files("failed")).isEmpty();
            assertThat(files("outbox")).hasSize(KILLS.size());
            assertThat(sandbox.ledger())
                    .hasSize(KILLS.size())
                    .extracting(LedgerEntry::kind)
                    .containsOnly(LedgerEntry.Kind.CHARGE);
            assertThat(sandbox.balance()).isEqualByComparingTo(String.valueOf(1000 - 2 * KILLS.size()));
        }
        assertThat(JournalFiles.states(folder.resolve(".journal")))
                .hasSize(KILLS.size())
                .containsOnly(State.RESULT);
        // of a submit that was killed, the ledger has both: that it was unclear, and that it is paid
        assertThat(Files.readAllLines(folder.resolve(".journal/ledger.csv")).stream()
                        .filter(line -> line.contains(",2,YES,")))
                .hasSize(KILLS.size());
    }

    private void awaitDone(int count) {
        await().atMost(60, SECONDS).until(() -> files("inbox/.done").size() == count);
    }

    private JavaProcess node(Sandbox sandbox) throws IOException {
        JavaProcess node = JavaProcess.start(
                TaskFolderNode.class,
                List.of("-Xmx64m", "-XX:-UsePerfData"),
                "pdf",
                folder.toString(),
                sandbox.baseUrl(),
                KEY);
        node.awaitLine(TaskFolderNode.STARTED, 60);
        return node;
    }

    /** Each PDF is another one. */
    private void drop(int number) throws IOException {
        TestFiles.drop(folder.resolve("inbox/" + number + ".pdf"), TestPdfs.pages(11 + number % 10));
    }

    private List<String> files(String part) throws IOException {
        Path path = folder.resolve(part);
        if (!Files.exists(path)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(path)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }
}
