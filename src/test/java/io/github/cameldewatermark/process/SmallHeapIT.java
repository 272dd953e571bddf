package io.github.cameldewatermark.process;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.JavaProcess;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Very many small pictures in a folder, in a JVM of 64 MB. The sandbox is in this one. */
@Timeout(600)
class SmallHeapIT {

    private static final int PICTURES = Thorough.of(20_000, 1_100);

    @TempDir
    private Path folder;

    /** At first none may go. */
    @Test
    void allPassAlsoAfterTheyHadToWait() throws Exception {
        Path inbox = folder.resolve("inbox");
        byte[] picture = TestPictures.jpeg(48, 32);
        for (int i = 0; i < PICTURES; i++) {
            byte[] number = ByteBuffer.allocate(4).putInt(i).array();
            TestFiles.drop(inbox.resolve(i + ".jpg"), PictureSamples.segment(picture, 0xFE, number));
        }
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        try (Sandbox sandbox = Sandbox.builder()
                .credits(PICTURES)
                .pictureEngine(new WhiteningPictures())
                .dataDir(folder.resolve("platform"))
                .start()) {
            sandbox.faults().on(Call.ERASE).inject(Fault.status(429).retryAfter("5"));
            try (JavaProcess route = JavaProcess.start(
                    OneFileRoute.class,
                    List.of("-Xmx64m", "-XX:+UseG1GC", "-XX:+ExitOnOutOfMemoryError", "-Djava.io.tmpdir=" + temp),
                    folder.toString(),
                    "erase",
                    sandbox.baseUrl(),
                    sandbox.apiKey(),
                    String.valueOf(PICTURES))) {
                assertThat(route.awaitEnd(500))
                        .as(() -> String.join("\n", route.output()))
                        .isZero();
            }
            assertThat(sandbox.ledger()).hasSize(PICTURES);
        }
        try (Stream<Path> files = Files.list(folder.resolve("outbox"))) {
            assertThat(files).hasSize(PICTURES);
        }
        assertThat(temp).isEmptyDirectory();
    }
}
