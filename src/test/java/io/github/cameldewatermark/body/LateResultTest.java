package io.github.cameldewatermark.body;

import static io.github.cameldewatermark.TestPictures.jpeg;

import io.github.cameldewatermark.EraseStub;
import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.TestPictures;
import java.io.ByteArrayInputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A result is whole for whoever has it, however late it is read, and leaves nothing when nobody has it any more. */
class LateResultTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    private static final byte[] RESULT = TestPictures.noise(400_000);

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @BeforeAll
    static void collectOlderOnes() {
        LateResults.collectOlderOnes();
    }

    @ParameterizedTest
    @EnumSource
    void isWholeInTheHeap(Way way) throws Exception {
        assertWhole(way);
    }

    private void assertWhole(Way way) throws Exception {
        WIRE.answersWith(RESULT);
        LateResults.assertWhole(way, context, "dewatermark:erase", jpeg(), () -> new ByteArrayInputStream(RESULT));
    }

    @Nested
    @ExtendWith(FullHeapShare.class)
    class WithoutRoomInTheHeap {

        @ParameterizedTest
        @EnumSource
        void isWholeInATempFile(Way way) throws Exception {
            assertWhole(way);
        }
    }
}
