package io.github.cameldewatermark.body;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** What {@link LateResultTest} checks, with results that are large. */
class LateResultIT {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    /** Both are larger than what may be in the heap. */
    private static final byte[] PICTURE = TestPictures.noise(Thorough.of(12_000_000, 2_000_000));

    private static final int CLIP = Thorough.of(20_000_000, 5_000_000);

    @TempDir
    static Path folder;

    private static Path clip;

    private final Map<Way, TestContext> contexts = new EnumMap<>(Way.class);

    @BeforeAll
    static void makeClip() throws Exception {
        LateResults.collectOlderOnes();
        clip = folder.resolve("clip.mp4");
        byte[] block = new byte[1_000_000];
        new Random(7).nextBytes(block);
        try (OutputStream out = Files.newOutputStream(clip)) {
            out.write(TestClips.clip("late"));
            for (int i = 0; i < CLIP / block.length; i++) {
                out.write(block);
            }
        }
    }

    @AfterAll
    static void deleteClip() throws Exception {
        Files.delete(clip);
    }

    @Test
    void aLargePictureIsWhole() throws Exception {
        WIRE.answersWith(PICTURE);
        start(WIRE.baseUrl(), TestContext.KEY);
        LateResults.assertWhole(contexts, "dewatermark:erase", jpeg(), () -> new ByteArrayInputStream(PICTURE));
    }

    @Test
    void aLargeClipIsWhole() throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                .taskDuration(Duration.ZERO)
                .clipEngine(TestClips.copying(1))
                .start()) {
            start(sandbox.baseUrl(), sandbox.apiKey());
            LateResults.assertWhole(contexts, "dewatermark:video", clip.toFile(), () -> Files.newInputStream(clip));
        }
    }

    private void start(String baseUrl, String key) {
        for (Way way : Way.values()) {
            contexts.put(way, TestContext.at(baseUrl, key));
        }
    }

    @AfterEach
    void stop() {
        contexts.values().forEach(TestContext::close);
    }
}
