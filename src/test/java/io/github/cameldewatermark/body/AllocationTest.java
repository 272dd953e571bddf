package io.github.cameldewatermark.body;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.sun.management.ThreadMXBean;
import io.github.cameldewatermark.EraseStub;
import io.github.cameldewatermark.PictureSamples;
import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.TestPictures;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an exchange allocates, garbage included: the same on every machine, unlike the time that it takes. */
class AllocationTest {

    @RegisterExtension
    static final WireMockExtension WIRE = EraseStub.server();

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    @TempDir
    Path folder;

    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @AfterEach
    void tearDown() {
        context.close();
    }

    /** All of them are made by one worker, which also does what follows in the route. */
    @ParameterizedTest
    @ValueSource(ints = {300_000, 2_000_000})
    void aPictureIsSentReceivedAndWrittenWithoutCopies(int size) throws Exception {
        List<Long> allocated = new ArrayList<>();
        context.component().setMaxConcurrentRequests(1);
        erase(size, "file:" + folder, allocated);

        for (int i = 0; i < 10; i++) {
            assertThat(context.send(photo(size)).getException()).isNull();
        }

        assertThat(least(allocated)).isLessThan(TestPictures.noise(size).length + 600_000);
    }

    @ParameterizedTest
    @ValueSource(ints = {300_000, 2_000_000})
    void aResultBecomesAnArrayByOneCopy(int size) throws Exception {
        List<Long> allocated = new ArrayList<>();
        context.component().setMaxConcurrentRequests(1);
        erase(size, "direct:array", allocated);

        for (int i = 0; i < 10; i++) {
            assertThat(context.send(photo(size)).getException()).isNull();
        }

        assertThat(least(allocated)).isLessThan(2 * TestPictures.noise(size).length + 600_000);
    }

    private void erase(int size, String to, List<Long> allocated) throws Exception {
        EraseStub.on(WIRE).answersWith(TestPictures.noise(size));
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("dewatermark:erase")
                        .to(to)
                        .process(exchange -> allocated.add(THREADS.getCurrentThreadAllocatedBytes()));
                from("direct:array").convertBodyTo(byte[].class);
            }
        });
    }

    /** Between one exchange and the next; the first ones load classes. */
    private static long least(List<Long> allocated) {
        long least = Long.MAX_VALUE;
        for (int i = 1; i < allocated.size(); i++) {
            least = Math.min(least, allocated.get(i) - allocated.get(i - 1));
        }
        return least;
    }

    /** About as large as the result, as photos are. */
    private Path photo(int size) throws Exception {
        byte[] photo = TestPictures.jpeg();
        while (photo.length < size) {
            photo = PictureSamples.segment(photo, 0xFE, new byte[65_000]);
        }
        return Files.write(folder.resolve("photo.jpg"), photo);
    }
}
