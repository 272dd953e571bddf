package io.github.cameldewatermark.operation;

import static io.github.cameldewatermark.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.cameldewatermark.EraseStub;
import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.TestPictures;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result can be read again and again; a large one is in a temp file, for as long as an exchange needs it. */
class ResultBodyTest {

    @RegisterExtension
    static final WireMockExtension WIRE = EraseStub.server();

    private static final byte[] SMALL = jpeg();
    private static final byte[] LARGE = TestPictures.noise(200_000);

    @TempDir
    Path folder;

    private final TestContext context = TestContext.at(WIRE.baseUrl());

    /** The temp file, while the exchange was under way. */
    private final AtomicReference<Path> tempFile = new AtomicReference<>();

    @AfterEach
    void tearDown() {
        context.close();
    }

    private void seeTempFile(Exchange exchange) {
        Path file = SpoolFile.of(exchange);
        assertThat(file).hasBinaryContent(LARGE);
        tempFile.set(file);
    }

    private void assertTempFileIsGone() {
        await().untilAsserted(() -> assertThat(tempFile.get()).isNotNull().doesNotExist());
    }

    @Test
    void aSmallResultIsInMemory() throws Exception {
        EraseStub.on(WIRE).answersWith(SMALL);

        Exchange exchange = context.start("dewatermark:erase").send(jpeg());

        StreamCache body = (StreamCache) exchange.getMessage().getBody();
        assertThat(body.inMemory()).isTrue();
        assertThat(body.length()).isEqualTo(SMALL.length);
        assertThat(TestContext.body(exchange)).isEqualTo(SMALL);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void twoFileProducersInARowWriteTheWholePicture(boolean large) throws Exception {
        byte[] picture = large ? LARGE : SMALL;
        EraseStub.on(WIRE).answersWith(picture);

        Exchange exchange = context.start("dewatermark:erase", "file:" + folder + "/one", "file:" + folder + "/two")
                .send(jpeg(), Map.of(Exchange.FILE_NAME, "photo.jpg"));

        assertThat(exchange.getException()).isNull();
        assertThat(folder.resolve("one/photo.jpg")).hasBinaryContent(picture);
        assertThat(folder.resolve("two/photo.jpg")).hasBinaryContent(picture);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aClientThatSendsItAgainByItselfGoesBackToItsMark(boolean large) throws Exception {
        byte[] picture = large ? LARGE : SMALL;
        EraseStub.on(WIRE).answersWith(picture);
        AtomicReference<byte[]> again = new AtomicReference<>();
        AtomicReference<byte[]> rest = new AtomicReference<>();
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("dewatermark:erase").process(exchange -> {
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
                });
            }
        });

        assertThat(context.send(jpeg()).getException()).isNull();

        assertThat(again.get()).isEqualTo(picture);
        assertThat(rest.get()).isEqualTo(Arrays.copyOfRange(picture, 10, picture.length));
    }

    @Test
    void wireTapAndMulticastGetTheWholePicture() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        MockEndpoint tapped = bytesEndpoint("mock:tapped");
        MockEndpoint one = bytesEndpoint("mock:one");
        MockEndpoint two = bytesEndpoint("mock:two");
        MockEndpoint end = bytesEndpoint("mock:end");
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("dewatermark:erase")
                        .process(ResultBodyTest.this::seeTempFile)
                        .wireTap("direct:tap")
                        .multicast()
                        .parallelProcessing()
                        .to("direct:one", "direct:two")
                        .end()
                        .convertBodyTo(byte[].class)
                        .to("mock:end");
                // late, when the first exchange may be done
                from("direct:tap").delay(300).convertBodyTo(byte[].class).to("mock:tapped");
                from("direct:one").convertBodyTo(byte[].class).to("mock:one");
                from("direct:two").convertBodyTo(byte[].class).to("mock:two");
            }
        });

        context.send(jpeg());

        MockEndpoint.assertIsSatisfied(tapped, one, two, end);
        assertTempFileIsGone();
    }

    private MockEndpoint bytesEndpoint(String uri) {
        MockEndpoint mock = context.mock(uri);
        mock.expectedBodiesReceived(List.of(LARGE));
        return mock;
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void onlyItsOwnerCanReadTheTempFileAndItsFolder() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        AtomicReference<String> permissions = new AtomicReference<>();
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("dewatermark:erase").process(exchange -> {
                    Path file = SpoolFile.of(exchange);
                    permissions.set(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)) + " "
                            + PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
                });
            }
        });

        context.send(jpeg());

        assertThat(permissions).hasValue("rw------- rwx------");
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:next", "seda:next?pollTimeout=20"})
    void theTempFileIsThereForTheNextRouteAndGoneAfterIt(String next) throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        MockEndpoint end = bytesEndpoint("mock:end");
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("dewatermark:erase").to(next);
                from(next)
                        .delay(200)
                        .process(ResultBodyTest.this::seeTempFile)
                        .convertBodyTo(byte[].class)
                        .to("mock:end");
            }
        });

        context.send(jpeg());

        end.assertIsSatisfied();
        assertTempFileIsGone();
    }

    @Test
    void theTempFileIsGoneAfterAFailure() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("dewatermark:erase")
                        .process(ResultBodyTest.this::seeTempFile)
                        .throwException(new IllegalStateException("after it"));
            }
        });

        assertThat(context.send(jpeg()).getException()).hasMessage("after it");
        assertTempFileIsGone();
    }

    @Test
    void theTempFilesOfAllPartsOfASplitAreThereForTheAggregate() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        AtomicReference<List<Long>> sizes = new AtomicReference<>();
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .split(body(), new GroupedBodyAggregationStrategy())
                        .to("dewatermark:erase")
                        .process(ResultBodyTest.this::seeTempFile)
                        .end()
                        .process(exchange -> {
                            List<?> parts = exchange.getMessage().getBody(List.class);
                            sizes.set(parts.stream().map(ResultBodyTest::size).toList());
                        });
            }
        });

        Exchange exchange = context.send(List.of(jpeg(), jpeg(), jpeg()));

        assertThat(exchange.getException()).isNull();
        assertThat(sizes).hasValue(List.of((long) LARGE.length, (long) LARGE.length, (long) LARGE.length));
        assertTempFileIsGone();
        assertThat(tempFile.get().getParent()).isDirectoryNotContaining(SpoolFile.PATTERN);
    }

    private static long size(Object body) {
        try (InputStream in = (InputStream) body) {
            return in.readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void theTempFileIsThereAfterACircuitBreakerAndGoneWhenNobodyHasItAnyMore() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .circuitBreaker()
                        .to("dewatermark:erase")
                        .end()
                        .process(ResultBodyTest.this::seeTempFile)
                        .setBody(constant("delivered"));
            }
        });

        context.send(jpeg());

        await().untilAsserted(() -> {
            System.gc();
            assertThat(tempFile.get()).isNotNull().doesNotExist();
        });
    }

    @Test
    void theTempFileOfTheFirstPictureIsGoneWhenARefinementTakesItsPlace() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);

        Exchange exchange = context.start("dewatermark:erase", "dewatermark:erase", "dewatermark:erase")
                .send(jpeg());

        assertThat(exchange.getException()).isNull();
        assertThat(SpoolFile.of(exchange).getParent()).isDirectoryNotContaining(SpoolFile.PATTERN);
    }

    @Test
    void theTempFolderIsGoneAfterTheContextStopped() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        Path tempFolder =
                SpoolFile.of(context.start("dewatermark:erase").send(jpeg())).getParent();
        assertThat(tempFolder).isDirectory();

        context.close();

        assertThat(tempFolder).doesNotExist();
    }

    @Test
    void aStreamThatWasSpooledToBeSentIsGoneAfterTheCall() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        context.camel().setStreamCaching(false);

        Exchange exchange =
                context.start("dewatermark:erase").send(new ByteArrayInputStream(TestPictures.noise(300_000)));

        assertThat(exchange.getException()).isNull();
        assertThat(SpoolFile.of(exchange).getParent()).isDirectoryNotContaining(SpoolFile.PATTERN);
    }
}
