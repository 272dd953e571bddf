package io.github.cameldewatermark.operation;

import static io.github.cameldewatermark.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.cameldewatermark.EraseStub;
import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.TestPictures;
import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result can be read again and again; a large one is in shared buffers, for as long as an exchange needs it. */
class ResultBodyTest {

    @RegisterExtension
    static final WireMockExtension WIRE = EraseStub.server();

    static final byte[] SMALL = jpeg();
    static final byte[] LARGE = TestPictures.noise(200_000);

    @TempDir
    Path folder;

    final TestContext context = TestContext.at(WIRE.baseUrl());

    private long share;

    /** The large result, while the exchange was under way. */
    private final AtomicReference<Content> held = new AtomicReference<>();

    @BeforeEach
    void seeShare() {
        System.gc(); // what earlier tests have left
        share = HeapShare.OF_JVM.left();
    }

    @AfterEach
    void tearDown() {
        context.close();
        await().untilAsserted(() -> {
            System.gc(); // what nobody has any more
            assertThat(HeapShare.OF_JVM.left()).isGreaterThanOrEqualTo(share);
        });
    }

    private void seeResult(Exchange exchange) {
        Content result = ((SpooledBody) exchange.getMessage().getBody()).content();
        assertThat(bytes(result)).isEqualTo(LARGE);
        held.set(result);
    }

    private void assertResultIsGone() {
        await().untilAsserted(() -> {
            assertThat(held.get()).isNotNull();
            assertThatThrownBy(() -> bytes(held.get())).isInstanceOf(UncheckedIOException.class);
        });
    }

    private static byte[] bytes(Content content) {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
                        .process(ResultBodyTest.this::seeResult)
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
        assertResultIsGone();
    }

    private MockEndpoint bytesEndpoint(String uri) {
        MockEndpoint mock = context.mock(uri);
        mock.expectedBodiesReceived(List.of(LARGE));
        return mock;
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:next", "seda:next?pollTimeout=20"})
    void aResultIsThereForTheNextRouteAndGoneAfterIt(String next) throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        MockEndpoint end = bytesEndpoint("mock:end");
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("dewatermark:erase").to(next);
                from(next)
                        .delay(200)
                        .process(ResultBodyTest.this::seeResult)
                        .convertBodyTo(byte[].class)
                        .to("mock:end");
            }
        });

        context.send(jpeg());

        end.assertIsSatisfied();
        assertResultIsGone();
    }

    /** The whole is done by then. */
    @ParameterizedTest
    @ValueSource(strings = {"direct:cleaned", "direct:queued"})
    void theResultOfAPartIsThereForAQueueAndGoneAfterIt(String from) throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        MockEndpoint end = bytesEndpoint("mock:end");
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:cleaned").split(body()).to("dewatermark:erase").to("seda:late");
                from("direct:queued").split(body()).to("seda:erase").end().delay(400);
                from("seda:erase?pollTimeout=20").to("dewatermark:erase").to("direct:late");
                from("seda:late?pollTimeout=20").to("direct:late");
                from("direct:late")
                        .delay(600)
                        .process(ResultBodyTest.this::seeResult)
                        .convertBodyTo(byte[].class)
                        .to("mock:end");
            }
        });

        context.sendTo(from, List.of(jpeg()), Map.of());

        end.assertIsSatisfied();
        assertResultIsGone();
    }

    @Test
    void aResultIsGoneAfterAFailure() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .to("dewatermark:erase")
                        .process(ResultBodyTest.this::seeResult)
                        .throwException(new IllegalStateException("after it"));
            }
        });

        assertThat(context.send(jpeg()).getException()).hasMessage("after it");
        assertResultIsGone();
    }

    @Test
    void theResultsOfAllPartsOfASplitAreThereForTheAggregate() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        AtomicReference<List<Long>> sizes = new AtomicReference<>();
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .split(body(), new GroupedBodyAggregationStrategy())
                        .to("dewatermark:erase")
                        .process(ResultBodyTest.this::seeResult)
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
        assertResultIsGone();
    }

    private static long size(Object body) {
        try (InputStream in = (InputStream) body) {
            return in.readAllBytes().length;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void aResultIsThereAfterACircuitBreakerAndGoneWhenNobodyHasItAnyMore() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in")
                        .circuitBreaker()
                        .to("dewatermark:erase")
                        .end()
                        .process(ResultBodyTest.this::seeResult)
                        .setBody(constant("delivered"));
            }
        });

        context.send(jpeg());

        assertResultGoesWithTheGarbage();
    }

    private void assertResultGoesWithTheGarbage() {
        await().untilAsserted(() -> {
            System.gc();
            assertThatThrownBy(() -> bytes(held.get())).isInstanceOf(UncheckedIOException.class);
        });
    }

    /** Each works on a copy of the exchange, and is done with it before the exchange goes on. */
    @ParameterizedTest
    @ValueSource(strings = {"direct:recipients", "direct:enrich", "direct:request"})
    void aResultOfACopyIsThereForWhoGoesOnWithItAndGoneWhenNobodyHasItAnyMore(String from) throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:recipients")
                        .recipientList(constant("dewatermark:erase"))
                        .end()
                        .to("direct:end");
                from("direct:enrich").enrich("direct:erase").to("direct:end");
                from("direct:request").to(ExchangePattern.InOut, "seda:erase").to("direct:end");
                from("direct:erase").to("dewatermark:erase");
                from("seda:erase?pollTimeout=20").to("dewatermark:erase");
                from("direct:end").process(ResultBodyTest.this::seeResult).setBody(constant("delivered"));
            }
        });

        assertThat(context.sendTo(from, jpeg(), Map.of()).getException()).isNull();

        assertResultGoesWithTheGarbage();
    }

    @Test
    void aResultIsGoneWhenNothingIsEnrichedWithIt() throws Exception {
        EraseStub.on(WIRE).answersWith(LARGE);
        context.start(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").enrich("dewatermark:erase", (original, clean) -> {
                    seeResult(clean);
                    throw new IllegalStateException("no use for it");
                });
            }
        });

        assertThat(context.send(jpeg()).getException()).isNotNull();

        assertResultGoesWithTheGarbage();
    }
}
