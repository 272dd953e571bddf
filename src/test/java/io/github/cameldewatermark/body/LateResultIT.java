package io.github.cameldewatermark.body;

import static io.github.cameldewatermark.TestPictures.jpeg;

import io.github.cameldewatermark.EraseStub;
import io.github.cameldewatermark.TestClips;
import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.TestPictures;
import io.github.cameldewatermark.Thorough;
import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link LateResultTest} checks, with results that are large. */
class LateResultIT {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    /** Both are larger than what may be in the heap. */
    private static final byte[] PICTURE = TestPictures.noise(Thorough.of(12_000_000, 2_000_000));

    private static final int CLIP = Thorough.of(80_000_000, 5_000_000);

    @TempDir
    static Path folder;

    private static Path clip;

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

    @ParameterizedTest
    @MethodSource("waysOfPictures")
    void aLargePictureIsWhole(Way way) throws Exception {
        WIRE.answersWith(PICTURE);
        try (TestContext context = TestContext.at(WIRE.baseUrl())) {
            LateResults.assertWhole(way, context, "dewatermark:erase", jpeg(), () -> new ByteArrayInputStream(PICTURE));
        }
    }

    /** {@link LateResultTest} has all of them with a temp file. */
    static List<Way> waysOfPictures() {
        return Thorough.ON
                ? List.of(Way.values())
                : List.of(Way.AGGREGATE, Way.TEMPLATE_STREAM, Way.FILE_BODY, Way.WIRE_TAP);
    }

    @ParameterizedTest
    @EnumSource
    void aLargeClipIsWhole(Way way) throws Exception {
        try (Sandbox sandbox = Sandbox.builder()
                        .taskDuration(Duration.ZERO)
                        .clipEngine(io.github.cameldewatermark.TestClips.copying(1))
                        .start();
                TestContext context = TestContext.at(sandbox)) {
            LateResults.assertWhole(way, context, "dewatermark:video", clip.toFile(), () -> Files.newInputStream(clip));
        }
    }
}
