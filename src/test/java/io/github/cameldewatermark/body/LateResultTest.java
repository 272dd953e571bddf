package io.github.cameldewatermark.body;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;

import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.ByteArrayInputStream;
import java.util.EnumMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A result is whole for whoever has it, however late it is read, and leaves nothing when nobody has it any more. */
class LateResultTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    private final Map<Way, TestContext> contexts = new EnumMap<>(Way.class);

    @BeforeAll
    static void collectOlderOnes() {
        LateResults.collectOlderOnes();
    }

    @BeforeEach
    void setUp() {
        for (Way way : Way.values()) {
            contexts.put(way, TestContext.at(WIRE.baseUrl()));
        }
    }

    @AfterEach
    void stop() {
        contexts.values().forEach(TestContext::close);
    }

    @Test
    void isWholeInTheHeap() throws Exception {
        assertWhole(TestPictures.noise(400_000));
    }

    @Test
    void isWholeInATempFile() throws Exception {
        assertWhole(TestPictures.large());
    }

    private void assertWhole(byte[] result) throws Exception {
        WIRE.answersWith(result);
        LateResults.assertWhole(contexts, "dewatermark:erase", jpeg(), () -> new ByteArrayInputStream(result));
    }
}
