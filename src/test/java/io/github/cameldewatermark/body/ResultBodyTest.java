package io.github.cameldewatermark.body;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result can be read again and again. */
class ResultBodyTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    @TempDir
    Path folder;

    final TestContext context = TestContext.at(WIRE.baseUrl());

    private int share;

    @BeforeAll
    static void collectWhatOtherTestsHaveLeft() {
        System.gc();
    }

    @BeforeEach
    void seeShare() {
        share = Spool.HEAP.availablePermits();
    }

    @AfterEach
    void tearDown() {
        context.close();
        SpoolFile.untilCollected(() -> assertThat(Spool.HEAP.availablePermits()).isGreaterThanOrEqualTo(share));
    }

    boolean isInMemory() {
        return true;
    }

    byte[] result(boolean large) {
        return large ? TestPictures.noise(200_000) : jpeg();
    }

    @Test
    void aResultIsInTheHeapOrAFileByItsSizeAndIsAStreamCache() throws Exception {
        byte[] picture = result(false);
        WIRE.answersWith(picture);

        Exchange exchange = context.start("dewatermark:erase").send(jpeg());

        StreamCache body = (StreamCache) exchange.getMessage().getBody();
        assertThat(body.inMemory()).isEqualTo(isInMemory());
        assertThat(body.length()).isEqualTo(picture.length);
        assertThat(TestContext.body(exchange)).isEqualTo(picture);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoFileProducersInARowWriteTheWholePicture(boolean large) throws Exception {
        byte[] picture = result(large);
        WIRE.answersWith(picture);

        Exchange exchange = context.start("dewatermark:erase", "file:" + folder + "/one", "file:" + folder + "/two")
                .send(jpeg(), Map.of(Exchange.FILE_NAME, "photo.jpg"));

        assertThat(exchange.getException()).isNull();
        assertThat(folder.resolve("one/photo.jpg")).hasBinaryContent(picture);
        assertThat(folder.resolve("two/photo.jpg")).hasBinaryContent(picture);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatSendsItAgainByItselfGoesBackToItsMark(boolean large) throws Exception {
        byte[] picture = result(large);
        WIRE.answersWith(picture);
        AtomicReference<byte[]> again = new AtomicReference<>();
        AtomicReference<byte[]> rest = new AtomicReference<>();
        context.start(routes -> routes.from("direct:in").to("dewatermark:erase").process(exchange -> {
            InputStream body = exchange.getMessage().getBody(InputStream.class);
            assertThat(body.markSupported()).isTrue();
            body.mark(Integer.MAX_VALUE);
            body.readNBytes(10);
            body.reset();
            again.set(body.readAllBytes());
            body.reset();
            body.mark(Integer.MAX_VALUE); // a new try, at the beginning again
            body.readNBytes(10);
            body.mark(Integer.MAX_VALUE);
            body.read();
            body.reset();
            rest.set(body.readAllBytes());
        }));

        assertThat(context.send(jpeg()).getException()).isNull();

        assertThat(again.get()).isEqualTo(picture);
        assertThat(rest.get()).isEqualTo(Arrays.copyOfRange(picture, 10, picture.length));
    }

    @Test
    void aResultIsGoneAfterAFailure() throws Exception {
        WIRE.answersWith(result(true));
        context.start(routes ->
                routes.from("direct:in").to("dewatermark:erase").throwException(new IllegalStateException("after it")));

        assertThat(context.send(jpeg()).getException()).hasMessage("after it");
        SpoolFile.assertNoneLeft();
    }
}
