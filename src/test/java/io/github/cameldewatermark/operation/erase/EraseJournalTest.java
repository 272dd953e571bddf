package io.github.cameldewatermark.operation.erase;

import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static io.github.cameldewatermark.DewatermarkConstants.CREDITS_CHARGED;
import static io.github.cameldewatermark.DewatermarkConstants.EVENT_ID;
import static io.github.cameldewatermark.DewatermarkConstants.FROM_JOURNAL;
import static io.github.cameldewatermark.DewatermarkConstants.IMAGE_ID;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_BASE;
import static io.github.cameldewatermark.DewatermarkConstants.MASK_BRUSH;
import static io.github.cameldewatermark.DewatermarkConstants.ORIGINAL_FORMAT;
import static io.github.cameldewatermark.DewatermarkConstants.PAY_AGAIN;
import static io.github.cameldewatermark.DewatermarkConstants.PREDICT_MODE;
import static io.github.cameldewatermark.DewatermarkConstants.REMOVE_TEXT;
import static io.github.cameldewatermark.DewatermarkConstants.SESSION_ID;
import static io.github.cameldewatermark.DewatermarkConstants.WATERMARK_MASK;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static io.github.cameldewatermark.testkit.TestPictures.brush;
import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkRateLimitException;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestMetadata;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.component.mock.MockEndpoint;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a journal does for pictures that are seen again: they aren't sent, and aren't paid, again. */
@Timeout(60)
@ExtendWith(NoSecretsLogged.class)
class EraseJournalTest {

    @RegisterExtension
    static final EraseStub WIRE = EraseStub.server();

    private static final byte[] PICTURE = jpeg(120, 80, 1);

    @TempDir
    private Path folder;

    private final List<TestContext> contexts = new ArrayList<>();

    @AutoClose
    private final Sandbox sandbox = Sandbox.start();

    @AfterEach
    void tearDown() {
        contexts.forEach(TestContext::close);
    }

    @Test
    void aPictureThatIsSeenAgainGetsTheAnswerThatIsPaid() throws Exception {
        Exchange first = started().send(PICTURE, Map.of(Exchange.FILE_NAME, "a.jpg"));

        Exchange again = started().send(PICTURE, Map.of(Exchange.FILE_NAME, "renamed.jpg"));

        assertThat(body(again)).isEqualTo(body(first));
        assertThat(first.getMessage().getHeaders())
                .containsEntry(CREDITS_CHARGED, BigDecimal.ONE)
                .doesNotContainKey(FROM_JOURNAL);
        assertThat(again.getMessage().getHeaders())
                .containsEntry(CREDITS_CHARGED, BigDecimal.ZERO)
                .containsEntry(FROM_JOURNAL, true)
                .containsEntry(ORIGINAL_FORMAT, "JPEG")
                .containsEntry(Exchange.FILE_NAME, "renamed.jpg");
        for (String header : List.of(SESSION_ID, IMAGE_ID, EVENT_ID, MASK_BASE, WATERMARK_MASK)) {
            assertThat(again.getMessage().getHeader(header))
                    .as(header)
                    .isEqualTo(first.getMessage().getHeader(header));
        }
        assertThat(paid()).isEqualTo(1);
    }

    @Test
    void withoutAJournalEachCallIsPaid() throws Exception {
        TestContext context = context();
        context.options().setJournalDirectory(null);
        context.start("dewatermark:erase");

        context.send(PICTURE);
        assertThat(context.send(PICTURE).getMessage().getHeaders()).doesNotContainKey(FROM_JOURNAL);

        assertThat(paid()).isEqualTo(2);
    }

    /** Each message with the headers that follow it is another request, as its answer may be another one. */
    @Test
    void whatChangesTheAnswerIsAnotherRequest() throws Exception {
        TestContext context = started();
        context.send(PICTURE);
        context.send(jpeg(120, 80, 2));
        context.send(PICTURE, Map.of(REMOVE_TEXT, true));
        context.send(PICTURE, Map.of(PREDICT_MODE, "old"));
        context.send(PICTURE, Map.of(MASK_BRUSH, brush(120, 80)));
        context.sendTo("dewatermark:erase?maskRegion=0,0,9,9", PICTURE, Map.of());
        context.sendTo("dewatermark:erase?maskRegion=0,0,9,8", PICTURE, Map.of());
        assertThat(paid()).isEqualTo(7);

        context.send(PICTURE, Map.of(REMOVE_TEXT, true));
        context.send(PICTURE, Map.of(PREDICT_MODE, "2.0"));
        context.send(PICTURE, Map.of(MASK_BRUSH, brush(120, 80)));
        context.sendTo("dewatermark:erase?maskRegion=0,0,9,8", PICTURE, Map.of());
        assertThat(paid()).isEqualTo(7);
    }

    @Test
    void metadataAreThoseOfTheMessageAtHand() throws Exception {
        byte[] original = TestMetadata.withSegments(PICTURE, TestMetadata.exifSegment(TestMetadata.exif(1)));
        TestContext context = started();
        Exchange plain = context.sendTo("dewatermark:erase?preserveMetadata=false", original, Map.of());
        Exchange again = context.send(original);

        assertThat(paid()).isEqualTo(1);
        assertThat(text(body(plain))).doesNotContain(TestMetadata.MAKE);
        assertThat(text(body(again))).contains(TestMetadata.MAKE);
    }

    @Test
    void theSameContentAtOnceIsPaidOnce() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(Duration.ofMillis(500)));
        TestContext context = started();
        ExecutorService senders = Executors.newFixedThreadPool(20);
        try {
            List<Future<Exchange>> sent = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String name = i + ".jpg";
                sent.add(senders.submit(() -> context.send(PICTURE, Map.of(Exchange.FILE_NAME, name))));
            }
            Set<String> bodies = new HashSet<>();
            for (Future<Exchange> each : sent) {
                bodies.add(text(body(each.get())));
            }
            assertThat(bodies).hasSize(1);
        } finally {
            senders.shutdownNow();
        }
        assertThat(paid()).isEqualTo(1);
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(1);
    }

    @Test
    void twoContextsOnOneFolderPayOnce() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(Duration.ofMillis(500)));
        TestContext one = started();
        TestContext two = started();
        ExecutorService sender = Executors.newSingleThreadExecutor();
        try {
            Future<Exchange> first = sender.submit(() -> one.send(PICTURE));
            Exchange second = two.send(PICTURE);
            assertThat(body(second)).isEqualTo(body(first.get()));
        } finally {
            sender.shutdownNow();
        }
        assertThat(paid()).isEqualTo(1);
    }

    @Test
    void anAnswerThatIsLostIsUnknownForNothingUntilSomebodyPaysAgain() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        TestContext context = started();
        assertThat(failure(context.send(PICTURE), DewatermarkTransportException.class)
                        .billed())
                .isEqualTo(Billed.UNKNOWN);

        for (TestContext later : List.of(context, started())) {
            assertThat(failure(later.send(PICTURE, name("a.jpg")), DewatermarkTransportException.class))
                    .hasMessageContaining("a.jpg may have been charged at")
                    .hasMessageContaining("header " + PAY_AGAIN)
                    .returns(Billed.UNKNOWN, DewatermarkTransportException::billed)
                    .returns(false, DewatermarkTransportException::retryable);
        }
        assertThat(paid()).isEqualTo(1);

        Exchange again = context.send(PICTURE, Map.of(PAY_AGAIN, "true"));
        assertThat(again.getException()).isNull();
        assertThat(again.getMessage().getHeaders()).doesNotContainKeys(PAY_AGAIN, FROM_JOURNAL);
        assertThat(paid()).isEqualTo(2);
        assertThat(context.send(PICTURE).getMessage().getHeaders()).containsEntry(FROM_JOURNAL, true);
        assertThat(ledger()).hasSize(3);
        assertThat(ledger().get(1)).contains(",erase,").contains(",1,UNKNOWN,");
        assertThat(ledger().get(2)).contains(",1,YES,");
    }

    @Test
    void payAgainPaysForWhatIsThereAlready() throws Exception {
        TestContext context = started();
        context.send(PICTURE);
        context.send(PICTURE, Map.of(PAY_AGAIN, false));
        assertThat(paid()).isEqualTo(1);

        assertThat(context.send(PICTURE, Map.of(PAY_AGAIN, true)).getMessage().getHeaders())
                .doesNotContainKey(FROM_JOURNAL);

        assertThat(paid()).isEqualTo(2);
    }

    @Test
    void payAgainIsNotUsedUpByACallThatWasRefused() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        TestContext context = context()
                .startWithRedelivery(DewatermarkRateLimitException.class, 1, "dewatermark:erase?maxThrottleWait=0");
        context.send(PICTURE);
        sandbox.faults().on(Call.ERASE).inject(Fault.status(429));

        assertThat(context.send(PICTURE, Map.of(PAY_AGAIN, true)).getException())
                .isNull();
        assertThat(paid()).isEqualTo(2);
    }

    /** A redelivery restores the header, which was meant for one call. */
    @Test
    void payAgainIsForOneCallAlsoWhenItIsRedelivered() throws Exception {
        sandbox.faults().on(Call.ERASE).times(9).inject(Fault.resetAfter());
        TestContext context =
                context().startWithRedelivery(DewatermarkTransportException.class, 3, "dewatermark:erase");
        context.send(PICTURE);
        assertThat(paid()).isEqualTo(1);

        context.send(PICTURE, Map.of(PAY_AGAIN, true));

        assertThat(paid()).isEqualTo(2);
    }

    /** It was asked for by the route, after a call of the same exchange that didn't ask. */
    @Test
    void aRouteMayPayAgainInTheSameExchange() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        TestContext context = context().start(routes -> routes.from("direct:in")
                .doTry()
                .to("dewatermark:erase")
                .doCatch(DewatermarkTransportException.class)
                .setHeader(PAY_AGAIN, routes.constant(true))
                .to("dewatermark:erase")
                .end());

        assertThat(body(context.send(PICTURE))).isNotEmpty();

        assertThat(paid()).isEqualTo(2);
    }

    /** The second refinement sends a session the first time, and then, from the journal, the picture. */
    @Test
    void aPictureThatWasRefinedTwiceIsFreeWhenItIsSeenAgain() throws Exception {
        TestContext context = context().start(routes -> routes.from("direct:in")
                .to("dewatermark:erase")
                .setHeader(MASK_BRUSH, routes.constant(brush(120, 80)))
                .to("dewatermark:erase")
                .setHeader(MASK_BRUSH, routes.constant(brush(120, 80)))
                .to("dewatermark:erase"));
        byte[] first = body(context.send(PICTURE));
        assertThat(paid()).isEqualTo(3);

        assertThat(body(context.send(PICTURE))).isEqualTo(first);

        assertThat(paid()).isEqualTo(3);
    }

    @Test
    void endpointsThatShareAJournalMustAgreeOnIt() throws Exception {
        TestContext context = started();

        assertThatThrownBy(() -> context.sendTo("dewatermark:erase?resultRetention=2d", PICTURE, Map.of()))
                .rootCause()
                .hasMessageContaining("resultRetention")
                .hasMessageContaining(folder.toString());
    }

    @Test
    void aLaterStepThatFailsCostsNothing() throws Exception {
        TestContext context = context().start("dewatermark:erase", "mock:store");
        MockEndpoint store = context.mock("mock:store");
        store.whenAnyExchangeReceived(exchange -> {
            throw new IOException("no room there");
        });
        assertThat(context.send(PICTURE).getException()).hasMessage("no room there");
        store.whenAnyExchangeReceived(exchange -> {});

        assertThat(context.send(PICTURE).getException()).isNull();

        assertThat(paid()).isEqualTo(1);
    }

    @Test
    void whatWasRefusedForNothingIsTriedAsNew() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.status(400));
        TestContext context = started();
        assertThat(context.send(PICTURE).getException()).isNotNull();

        assertThat(context.send(PICTURE).getMessage().getHeaders()).doesNotContainKey(FROM_JOURNAL);

        assertThat(paid()).isEqualTo(1);
        assertThat(ledger()).hasSize(2);
    }

    @Test
    void theLedgerHasALineForEachCharge() throws Exception {
        TestContext context = started();
        Exchange paid = context.send(PICTURE, name("a.jpg"));
        context.send(PICTURE, name("b.jpg"));

        assertThat(ledger()).hasSize(2);
        assertThat(ledger().get(1))
                .contains(",erase,a.jpg,1,YES," + paid.getMessage().getHeader(EVENT_ID) + ",");
    }

    /** The platform may have forgotten the session of an old answer. */
    @Test
    void aRefinementOfAnAnswerFromTheJournalSendsThePicture() throws Exception {
        WIRE.answersWith(jpeg(120, 80, 9));
        creditOf("ada");
        TestContext context = context(WIRE.baseUrl(), "key").start("dewatermark:erase");
        Map<String, Object> refinement = Map.of(
                MASK_BRUSH,
                brush(120, 80),
                SESSION_ID,
                "session-1",
                "CamelDewatermarkRefinement",
                2,
                FROM_JOURNAL,
                true);

        context.send(PICTURE, refinement);

        assertThat(WIRE.parts()).containsKey("original_preview_image").doesNotContainKey("session_id");
    }

    @Test
    void anotherKeyOfTheSameAccountSeesTheSameAnswers() throws Exception {
        WIRE.answersWith(jpeg(120, 80, 9));
        WIRE.resetRequests();
        creditOf("ada");
        context(WIRE.baseUrl(), "old-key").start("dewatermark:erase").send(PICTURE);

        Exchange again =
                context(WIRE.baseUrl(), "new-key").start("dewatermark:erase").send(PICTURE);
        assertThat(again.getMessage().getHeaders()).containsEntry(FROM_JOURNAL, true);
        assertThat(WIRE.calls()).hasSize(1);

        creditOf("bob");
        context(WIRE.baseUrl(), "key-of-bob").start("dewatermark:erase").send(PICTURE);
        assertThat(WIRE.calls()).hasSize(2);
    }

    @Test
    void theAccountMayBeNamed() throws Exception {
        WIRE.answersWith(jpeg(120, 80, 9));
        WIRE.resetRequests();
        creditOf("");
        assertThat(context(WIRE.baseUrl(), "key")
                        .start("dewatermark:erase")
                        .send(PICTURE)
                        .getException())
                .hasMessageContaining("option account");
        assertThat(WIRE.calls()).isEmpty();

        for (String account : List.of("ours", "ours", "theirs")) {
            TestContext named = context(WIRE.baseUrl(), "key");
            named.component().setAccount(account);
            assertThat(named.start("dewatermark:erase").send(PICTURE).getException())
                    .isNull();
        }
        assertThat(WIRE.calls()).hasSize(2);
    }

    @Test
    void whatCannotBeRememberedIsNotSent() throws Exception {
        TestContext context = started();
        Files.delete(folder.resolve("owners").resolve(only("owners")));
        Files.delete(folder.resolve("owners"));
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(folder);

        assertThat(failure(context.send(PICTURE, name("a.jpg")), DewatermarkStorageException.class))
                .hasMessageContaining("The journal can't be used for a.jpg: ")
                .hasMessageContaining(folder.toString())
                .returns(Billed.NO, DewatermarkStorageException::billed)
                .returns(true, DewatermarkStorageException::retryable);
        assertThat(sandbox.requests().count(Call.ERASE)).isZero();
        Files.createDirectory(folder);
    }

    @Test
    void anAnswerWhoseFileIsGoneIsNotPaidForByItself() throws Exception {
        started().send(PICTURE);
        try (Stream<Path> files = Files.list(folder)) {
            Files.delete(files.filter(file -> file.toString().endsWith(".picture"))
                    .findFirst()
                    .orElseThrow());
        }

        assertThat(failure(started().send(PICTURE), DewatermarkTransportException.class))
                .hasMessageContaining("its answer can't be read from the journal")
                .returns(Billed.YES, DewatermarkTransportException::billed)
                .returns(false, DewatermarkTransportException::retryable);
        assertThat(paid()).isEqualTo(1);
    }

    @Test
    void anAnswerIsThereForTheRetentionOnly() throws Exception {
        TestContext context = context();
        context.options().setResultRetention(1);
        context.start("dewatermark:erase");
        context.send(PICTURE);
        Thread.sleep(20);
        context.send(PICTURE);

        assertThat(paid()).isEqualTo(2);
    }

    @Test
    void theSizeOfAllAnswersIsBounded() throws Exception {
        TestContext context = context();
        context.options().setJournalMaxSize("1KB");
        context.start("dewatermark:erase");
        context.send(PICTURE);
        context.send(jpeg(120, 80, 2));

        context.send(PICTURE);

        assertThat(paid()).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"resultRetention=0", "journalMaxSize=much", "journalMaxSize=0", "journalMaxSize=99999999999TB"})
    void anOptionThatIsWrongIsNamed(String option) {
        assertThatThrownBy(() -> context().start("dewatermark:erase?" + option))
                .rootCause()
                .hasMessageContaining("The option " + option.substring(0, option.indexOf('=')));
    }

    private static String text(byte[] picture) {
        return new String(picture, StandardCharsets.ISO_8859_1);
    }

    private static Map<String, Object> name(String name) {
        return Map.of(Exchange.FILE_NAME, name);
    }

    private static void creditOf(String user) {
        WIRE.stubFor(get(urlEqualTo("/api/creditInfo"))
                .willReturn(
                        okJson("{\"status\":\"OK\",\"data\":{\"available_credit\":9,\"user_id\":\"" + user + "\"}}")));
    }

    private TestContext started() throws Exception {
        return context().start("dewatermark:erase");
    }

    private TestContext context() {
        return context(sandbox.baseUrl(), sandbox.apiKey());
    }

    private TestContext context(String baseUrl, String key) {
        TestContext context = TestContext.at(baseUrl, key);
        context.options().setJournalDirectory(folder.toString());
        contexts.add(context);
        return context;
    }

    private int paid() {
        return sandbox.ledger().size();
    }

    private List<String> ledger() throws IOException {
        return Files.readAllLines(folder.resolve("ledger.csv"));
    }

    private String only(String part) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(part))) {
            return files.findFirst().orElseThrow().getFileName().toString();
        }
    }
}
