package io.github.cameldewatermark.operation.erase;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.SpoolFile;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A success that can't be used: it is probably charged, so it isn't repeated, and nothing of it gets out. */
class BadAnswerTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    /** So large that a part of it is in a temp file by the time it breaks off. */
    private static final String GOOD = EraseStub.answer(TestPictures.large(), 1);

    @AutoClose
    private final TestContext context = TestContext.at(WIRE.baseUrl());

    @TempDir
    Path folder;

    /** Ways to be of no use. */
    enum BadAnswer {
        NOT_JSON(EraseStub.json("<html><body>Welcome to nginx!</body></html>")),
        EMPTY(EraseStub.json("")),
        ANOTHER_JSON(EraseStub.json("[1, 2]")),
        NO_IMAGE(EraseStub.json("{\"edited_image\": {\"image_id\": \"i\"}, \"session_id\": \"s\"}")),
        EMPTY_IMAGE(EraseStub.json("{\"edited_image\": {\"image\": \"\"}, \"session_id\": \"s\"}")),
        NULL_IMAGE(EraseStub.json("{\"edited_image\": {\"image\": null}}")),
        BROKEN_BASE64(EraseStub.json(GOOD.substring(0, 1_600_000) + "*" + GOOD.substring(1_600_001))),
        ENDS_EARLY(EraseStub.json(GOOD.substring(0, 1_600_000))),
        CUT(EraseStub.json(GOOD.substring(0, 1_600_000)).withHeader("Content-Length", "" + GOOD.length())),
        GARBAGE_IN_CHUNKS(aResponse().withFault(Fault.MALFORMED_RESPONSE_CHUNK)),
        GARBAGE_FOR_HTTP(aResponse().withFault(Fault.RANDOM_DATA_THEN_CLOSE)),
        NOTHING(aResponse().withFault(Fault.EMPTY_RESPONSE)),
        RESET(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER));

        private final ResponseDefinitionBuilder answer;

        BadAnswer(ResponseDefinitionBuilder answer) {
            this.answer = answer;
        }
    }

    @BeforeEach
    void setUp() {
        context.options().setResponseTimeout(2_000);
    }

    @ParameterizedTest
    @EnumSource
    void leavesTheMessageAsItWasAndDoesNotAskAgain(BadAnswer bad) throws Exception {
        WIRE.answersWith(EraseStub.json(GOOD));
        Path tempFolder =
                SpoolFile.of(context.start("dewatermark:erase").send(jpeg())).getParent();
        WIRE.answersWith(bad.answer);
        byte[] picture = jpeg();

        Exchange exchange = context.send(picture, Map.of("order", 7));

        DewatermarkTransportException error = TestContext.failure(exchange, DewatermarkTransportException.class);
        assertThat(error.billed()).isEqualTo(Billed.UNKNOWN);
        assertThat(error.retryable()).isFalse();
        assertThat(error).hasMessageContaining("charged").hasMessageNotContaining(TestContext.KEY);
        assertThat(exchange.getMessage().getBody()).isSameAs(picture);
        assertThat(exchange.getMessage().getHeaders()).containsOnlyKeys("order");
        assertThat(WIRE.calls()).hasSize(2);
        SpoolFile.assertNoneIn(tempFolder);
    }

    @ParameterizedTest
    @EnumSource(names = {"NOT_JSON", "NO_IMAGE", "BROKEN_BASE64", "ENDS_EARLY", "CUT"})
    void putsNothingIntoTheOutboxOfAFileRoute(BadAnswer bad) throws Exception {
        WIRE.answersWith(bad.answer);
        Path inbox = Files.createDirectories(folder.resolve("in"));
        Path outbox = Files.createDirectories(folder.resolve("out"));
        TestFiles.drop(inbox.resolve("photo.jpg"), jpeg());
        MockEndpoint failed = context.mock("mock:failed");
        failed.expectedMessageCount(1);

        context.start(routes -> {
            routes.onException(DewatermarkTransportException.class).to("mock:failed");
            routes.from("file:" + inbox + "?initialDelay=0&delay=100&move=../done&moveFailed=../error")
                    .to("dewatermark:erase")
                    .to("file:" + outbox);
        });

        failed.assertIsSatisfied();
        await().untilAsserted(
                        () -> assertThat(folder.resolve("error/photo.jpg")).hasBinaryContent(jpeg()));
        assertThat(outbox).isEmptyDirectory();
        assertThat(failed.getExchanges().get(0).getMessage().getHeaders())
                .doesNotContainKey(DewatermarkConstants.SESSION_ID);
    }
}
