package io.github.cameldewatermark.body;

import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.component.file.GenericFileDefaultBinding;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.converter.stream.CachedOutputStream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every type of body is sent as it is, byte by byte. */
class BodyTypeTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.answering(jpeg());

    private static final byte[] PICTURE = jpeg(64, 48, 3);

    @TempDir
    static Path folder;

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    /** A body, with a name for the report. */
    record Body(String name, Object value) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Body> bodies() throws IOException {
        Path file = Files.write(folder.resolve("photo.jpg"), PICTURE);
        ByteBuffer part = ByteBuffer.allocate(PICTURE.length + 20);
        part.position(10).put(10, PICTURE).limit(10 + PICTURE.length);
        return Stream.of(
                new Body("File", file.toFile()),
                new Body("Path", file),
                new Body("byte[]", PICTURE),
                new Body("InputStream", new ByteArrayInputStream(PICTURE)),
                new Body("file stream", Files.newInputStream(file)),
                new Body("ByteBuffer", part),
                new Body("read-only ByteBuffer", ByteBuffer.wrap(PICTURE).asReadOnlyBuffer()),
                new Body("local WrappedFile", wrapped(file.toFile(), null)),
                new Body("remote WrappedFile with bytes", wrapped(new Object(), PICTURE)),
                new Body("remote WrappedFile with a stream", wrapped(new Object(), new ByteArrayInputStream(PICTURE))),
                new Body("remote WrappedFile with a local work file", wrapped(new Object(), file.toFile())));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void sendsEveryTypeOfBodyAsItIs(Body body) throws Exception {
        body(context.start("dewatermark:erase").send(body.value()));

        assertThat(WIRE.parts()).containsEntry("original_preview_image", PICTURE);
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void sendsEveryTypeOfBodyAsItIsWithoutStreamCaching(Body body) throws Exception {
        context.camel().setStreamCaching(false);

        body(context.start("dewatermark:erase").send(body.value()));

        assertThat(WIRE.parts()).containsEntry("original_preview_image", PICTURE);
    }

    private static WrappedFile<Object> wrapped(Object file, Object body) {
        GenericFile<Object> wrapped = new GenericFile<>();
        wrapped.setFile(file);
        wrapped.setFileName("photo.jpg");
        wrapped.setBinding(new GenericFileDefaultBinding<>());
        wrapped.setBody(body);
        return wrapped;
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void sendsAStreamCacheFromItsStartWhoeverHasReadFromIt(boolean spooled) throws Exception {
        byte[] picture = TestPictures.noise(200_000);
        context.camel().getStreamCachingStrategy().setSpoolEnabled(spooled);
        context.camel()
                .getStreamCachingStrategy()
                .setSpoolDirectory(folder.resolve("spool-" + spooled).toString());
        context.start(routes -> {
            // else Camel itself would go back to the start between two steps
            routes.from("direct:in")
                    .streamCache("false")
                    .process(exchange -> {
                        CachedOutputStream out = new CachedOutputStream(exchange);
                        out.write(picture);
                        StreamCache cache = out.newStreamCache();
                        assertThat(cache.inMemory()).isEqualTo(!spooled);
                        ((InputStream) cache).readNBytes(100);
                        exchange.getMessage().setBody(cache);
                    })
                    .to("dewatermark:erase");
        });

        body(context.send("anything"));

        assertThat(WIRE.parts()).containsEntry("original_preview_image", picture);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "&charset=UTF-16", "&charset=ISO-8859-1"})
    void aFileOfAFileConsumerIsSentAsItIsWhateverItsCharset(String option, @TempDir Path inbox) throws Exception {
        TestFiles.drop(inbox.resolve("photo.jpg"), PICTURE);
        MockEndpoint out = context.mock("mock:out");
        out.expectedMessageCount(1);

        context.start(routes -> routes.from("file:" + inbox + "?initialDelay=0&delay=100" + option)
                .to("dewatermark:erase")
                .to("mock:out"));

        out.assertIsSatisfied();
        assertThat(WIRE.parts()).containsEntry("original_preview_image", PICTURE);
        Exchange end = out.getExchanges().get(0);
        assertThat(end.getMessage().getHeader(Exchange.FILE_NAME)).isEqualTo("photo.jpg");
    }

    @Test
    void aByteBufferKeepsItsPosition() throws Exception {
        ByteBuffer buffer = ByteBuffer.wrap(PICTURE);

        body(context.start("dewatermark:erase").send(buffer));

        assertThat(buffer.position()).isZero();
    }

    @Test
    void bytesAfterTheEndOfThePictureAreSentAlong() throws Exception {
        byte[] longer = Arrays.copyOf(PICTURE, PICTURE.length + 1000);

        body(context.start("dewatermark:erase").send(longer));

        assertThat(WIRE.parts()).containsEntry("original_preview_image", longer);
    }
}
