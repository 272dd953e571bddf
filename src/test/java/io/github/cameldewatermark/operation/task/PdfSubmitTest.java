package io.github.cameldewatermark.operation.task;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.ok;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.put;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static io.github.cameldewatermark.DewatermarkConstants.CREDITS_CHARGED;
import static io.github.cameldewatermark.DewatermarkConstants.FROM_JOURNAL;
import static io.github.cameldewatermark.DewatermarkConstants.PAY_AGAIN;
import static io.github.cameldewatermark.testkit.TestContext.body;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import com.github.tomakehurst.wiremock.stubbing.Scenario;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.journal.JournalFiles;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPdfs;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The task of a PDF is {@code CREATED} until it ends, so nothing but a clear answer proves that it isn't submitted: it is polled, and
 * never submitted again by itself.
 */
@Timeout(60)
class PdfSubmitTest {

    @RegisterExtension
    private static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private static final String CREATE = "/api/pdf/v1/upload";
    private static final String SUBMIT = "/api/pdf/v1/tasks";
    private static final String STATUS = "/api/pdf/v1/tasks/p1";
    private static final byte[] PDF = TestPdfs.pages(12);
    private static final byte[] CLEAN = "%PDF-clean".getBytes();

    private static final ResponseDefinitionBuilder SUBMITTED = okJson("{\"task_id\":\"p1\"}");
    private static final ResponseDefinitionBuilder LOST = aResponse().withFault(Fault.EMPTY_RESPONSE);

    @TempDir
    private Path folder;

    @AutoClose
    private final TestContext context = TestContext.at(SERVER.baseUrl());

    @BeforeEach
    void platform() {
        context.options().setPollInterval(20);
        context.options().setMaxPollInterval(40);
        SERVER.stubFor(get(urlEqualTo("/api/creditInfo"))
                .willReturn(okJson("{\"data\":{\"available_credit\":100,\"user_id\":\"u\"}}")));
        SERVER.stubFor(post(urlEqualTo(CREATE))
                .willReturn(okJson("{\"task_id\":\"p1\",\"upload_signed_url\":\"" + SERVER.baseUrl() + "/put\"}")));
        SERVER.stubFor(put(urlEqualTo("/put")).willReturn(ok()));
        SERVER.stubFor(get(urlEqualTo("/result")).willReturn(ok().withBody(CLEAN)));
    }

    @Test
    void aPdfThatIsCreatedIsQueuedOrRunning() throws Exception {
        submitIsAnswered(SUBMITTED);
        isCompletedAfter(2);
        context.start("dewatermark:pdf");

        Exchange exchange = context.send(PDF);

        assertThat(body(exchange)).isEqualTo(CLEAN);
        assertThat(exchange.getMessage().getHeader(CREDITS_CHARGED)).isEqualTo(BigDecimal.valueOf(2));
        assertThat(submits()).isOne();
    }

    @Test
    void whatMayBeSubmittedIsPolledAndNotSubmittedAgain() throws Exception {
        submitIsAnswered(LOST);
        isCompletedAfter(3);
        startWithJournal("dewatermark:pdf");

        Exchange exchange = context.send(PDF);

        assertThat(body(exchange)).isEqualTo(CLEAN);
        assertThat(submits()).isOne();
        assertThat(JournalFiles.states(folder)).containsExactly(State.RESULT);
        assertThat(ledger()).containsOnlyOnce(",2,UNKNOWN,p1,p1").containsOnlyOnce(",2,YES,p1,p1");
    }

    @Test
    void whatMayBeSubmittedAndNeverEndsIsLeftToAPerson() throws Exception {
        submitIsAnswered(LOST);
        stays("CREATED");
        startWithJournal("dewatermark:pdf?taskTimeout=100");

        for (int seen = 0; seen < 3; seen++) {
            DewatermarkTaskException failure = failure(context.send(PDF), DewatermarkTaskException.class);

            assertThat(failure)
                    .hasMessageStartingWith("Dewatermark PDF task p1 was not completed within 0 s (option taskTimeout);"
                            + " it isn't known whether its submit has arrived and was charged")
                    .hasMessageContaining("resume it by its id, or send the PDF with the header " + PAY_AGAIN);
            assertThat(failure.billed()).isEqualTo(Billed.UNKNOWN);
            assertThat(failure.retryable()).as("a person is told").isFalse();
            assertThat(failure.operation()).isEqualTo("pdf");
            assertThat(JournalFiles.states(folder)).containsExactly(State.UNKNOWN);
        }
        assertThat(submits()).isOne();
        assertThat(ledger()).containsOnlyOnce(",pdf,").contains(",2,UNKNOWN,p1,p1");

        submitIsAnswered(SUBMITTED);
        failure(context.send(PDF, Map.of(PAY_AGAIN, true)), DewatermarkTaskException.class);

        assertThat(submits()).isEqualTo(2);
        assertThat(creations()).isEqualTo(2);
    }

    /** Nobody takes it for paid, nor for removable, before the platform says that it is done. */
    @Test
    void whatMayBeSubmittedIsUnknownFromThenOn() throws Exception {
        submitIsAnswered(LOST);
        stays("CREATED");
        startWithJournal("dewatermark:pdf");
        CompletableFuture<Exchange> first = context.sendAsync(PDF);
        await().until(() -> JournalFiles.states(folder).contains(State.UNKNOWN));
        assertThat(ledger()).contains(",2,UNKNOWN,p1,p1");

        Exchange second = context.sendTo("dewatermark:pdf?taskTimeout=50", PDF, Map.of());
        assertThat(failure(second, DewatermarkTaskException.class).billed()).isEqualTo(Billed.UNKNOWN);
        assertThat(first).isNotDone();

        isCompletedAfter(0);
        assertThat(body(first.get())).isEqualTo(CLEAN);
        assertThat(first.get().getMessage().getHeaders())
                .containsEntry(CREDITS_CHARGED, BigDecimal.valueOf(2))
                .doesNotContainKey(FROM_JOURNAL);
        assertThat(JournalFiles.states(folder)).containsExactly(State.RESULT);
        assertThat(submits()).isOne();
    }

    @Test
    void theIdOfWhatMayBeSubmittedIsNotHandedOn() throws Exception {
        submitIsAnswered(LOST);
        stays("CREATED");
        context.options().setResultRetention(1);
        startWithJournal("dewatermark:pdf?waitForCompletion=false");

        for (int seen = 0; seen < 3; seen++) {
            assertThat(failure(context.send(PDF), DewatermarkTaskException.class))
                    .hasMessageContaining("PDF task p1 may be submitted; it isn't known whether its submit has arrived")
                    .returns(Billed.UNKNOWN, DewatermarkTaskException::billed)
                    .returns(false, DewatermarkTaskException::retryable);
            assertThat(JournalFiles.states(folder)).containsExactly(State.UNKNOWN);
        }
        assertThat(submits()).isOne();
    }

    @Test
    void whatIsFetchedLaterIsChargedInTheLedgerThen() throws Exception {
        submitIsAnswered(SUBMITTED);
        isCompletedAfter(1);
        startWithJournal("dewatermark:pdf?waitForCompletion=false");
        assertThat(context.send(PDF).getException()).isNull();
        assertThat(folder.resolve("ledger.csv")).doesNotExist();

        Exchange fetched = context.sendTo("dewatermark:pdf", PDF, Map.of());

        assertThat(fetched.getMessage().getHeaders())
                .containsEntry(CREDITS_CHARGED, BigDecimal.valueOf(2))
                .doesNotContainKey(FROM_JOURNAL);
        assertThat(ledger()).containsOnlyOnce(",pdf,").contains(",2,YES,p1,p1");
    }

    @Test
    void whatIsFetchedByItsIdHasThePriceThatWasKnownAtTheSubmit() throws Exception {
        submitIsAnswered(SUBMITTED);
        isCompletedAfter(1);
        context.start("dewatermark:pdf?waitForCompletion=false");
        context.send(PDF);

        Exchange fetched = context.sendTo("dewatermark:pdf", "no PDF", Map.of("CamelDewatermarkTaskId", "p1"));

        assertThat(fetched.getMessage().getHeader(CREDITS_CHARGED)).isEqualTo(BigDecimal.valueOf(2));
        assertThat(context.component().getCreditsCharged()).isEqualByComparingTo("2");
    }

    @Test
    void theLedgerKeepsThePriceOfWhatIsResumedByItsId() throws Exception {
        submitIsAnswered(LOST);
        stays("CREATED");
        startWithJournal("dewatermark:pdf?taskTimeout=50");
        failure(context.send(PDF), DewatermarkTaskException.class);
        isCompletedAfter(0);
        try (TestContext other = TestContext.at(SERVER.baseUrl())) { // which doesn't know the price
            other.options().setJournalDirectory(folder.toString());
            other.start("dewatermark:pdf").send("no PDF", Map.of("CamelDewatermarkTaskId", "p1"));
        }

        assertThat(ledger()).contains(",2,UNKNOWN,p1,p1").contains(",2,YES,p1,p1");
    }

    @Test
    void whatTurnsOutToHaveFailedIsTakenBackInTheLedger() throws Exception {
        submitIsAnswered(LOST);
        stays("FAILED");
        startWithJournal("dewatermark:pdf?taskTimeout=50");
        stays("CREATED");
        failure(context.send(PDF), DewatermarkTaskException.class);
        stays("FAILED");

        failure(context.send(PDF), DewatermarkTaskException.class);

        assertThat(ledger()).contains(",2,UNKNOWN,p1,p1").contains(",0,NO,p1,p1");
        assertThat(JournalFiles.states(folder)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 429})
    void aRefusedSubmitIsAboutCredits(int status) throws Exception {
        submitIsAnswered(status(status).withBody("no"));
        context.start("dewatermark:pdf");

        failure(context.send(PDF), DewatermarkCreditException.class);
    }

    @Test
    void aResultThatIsNoPdfIsNotDelivered() throws Exception {
        submitIsAnswered(SUBMITTED);
        isCompletedAfter(0);
        SERVER.stubFor(get(urlEqualTo("/result")).willReturn(ok().withBody("upstream error, try again")));
        context.start("dewatermark:pdf");

        assertThat(failure(context.send(PDF), DewatermarkTaskException.class))
                .hasMessageContaining("is completed and paid, but its result could not be downloaded")
                .hasMessageContaining("the result is no PDF")
                .hasMessageContaining("if its result is gone, send the PDF with the header " + PAY_AGAIN)
                .returns(Billed.YES, DewatermarkTaskException::billed);
    }

    @Test
    void withoutAJournalARedeliveryPollsIt() throws Exception {
        submitIsAnswered(LOST);
        stays("CREATED");
        // a rule that redelivers whatever it is
        context.startWithRedelivery(DewatermarkTaskException.class, 2, "dewatermark:pdf?taskTimeout=100");

        failure(context.send(PDF), DewatermarkTaskException.class);

        assertThat(submits()).isOne();
        assertThat(creations()).isOne();
    }

    @Test
    void whatIsCertainlyRefusedIsSubmittedWhenItIsSeenAgain() throws Exception {
        submitIsAnswered(status(429).withBody("{\"detail\":\"Not enough credit for its pages\"}"));
        isCompletedAfter(1);
        startWithJournal("dewatermark:pdf");

        failure(context.send(PDF), DewatermarkCreditException.class);
        assertThat(JournalFiles.states(folder)).containsExactly(State.UPLOADED);

        submitIsAnswered(SUBMITTED);
        assertThat(body(context.send(PDF))).isEqualTo(CLEAN);

        assertThat(submits()).isEqualTo(2);
        assertThat(creations()).isOne();
        assertThat(JournalFiles.states(folder)).containsExactly(State.RESULT);
    }

    @Test
    void aRefundedPdfIsBegunAnew() throws Exception {
        submitIsAnswered(SUBMITTED);
        stays("FAILED");
        startWithJournal("dewatermark:pdf");

        assertThat(failure(context.send(PDF), DewatermarkTaskException.class))
                .hasMessage("Dewatermark PDF task p1 failed; its credits are refunded");
        assertThat(JournalFiles.states(folder)).isEmpty();

        failure(context.send(PDF), DewatermarkTaskException.class);
        assertThat(creations()).isEqualTo(2);
    }

    /** Nobody but who has submitted it may know whether it is. */
    @Test
    void aTaskThatTheMessageNamesIsPolledAndNotSubmitted() throws Exception {
        isCompletedAfter(2);
        context.start("dewatermark:pdf");

        Exchange exchange = context.send("no PDF", Map.of("CamelDewatermarkTaskId", "p1"));

        assertThat(body(exchange)).isEqualTo(CLEAN);
        assertThat(exchange.getMessage().getHeader(CREDITS_CHARGED)).isNull();
        assertThat(submits()).isZero();
    }

    private void startWithJournal(String uri) throws Exception {
        context.options().setJournalDirectory(folder.toString());
        context.start(uri);
    }

    private static void submitIsAnswered(ResponseDefinitionBuilder answer) {
        SERVER.stubFor(post(urlEqualTo(SUBMIT)).willReturn(answer));
    }

    private static void stays(String status) {
        SERVER.stubFor(
                get(urlEqualTo(STATUS)).willReturn(okJson("{\"task_id\":\"p1\",\"status\":\"" + status + "\"}")));
    }

    private static void isCompletedAfter(int looks) {
        for (int i = 0; i <= looks; i++) {
            String status =
                    i < looks ? "\"CREATED\"" : "\"SUCCESS\",\"result_url\":\"" + SERVER.baseUrl() + "/result\"";
            SERVER.stubFor(get(urlEqualTo(STATUS))
                    .inScenario("status")
                    .whenScenarioStateIs(i == 0 ? Scenario.STARTED : "after " + i)
                    .willSetStateTo(i == looks ? null : "after " + (i + 1))
                    .willReturn(okJson("{\"task_id\":\"p1\",\"status\":" + status + "}")));
        }
    }

    private static int submits() {
        return SERVER.findAll(postRequestedFor(urlEqualTo(SUBMIT))).size();
    }

    private static int creations() {
        return SERVER.findAll(postRequestedFor(urlEqualTo(CREATE))).size();
    }

    private String ledger() throws IOException {
        return Files.readString(folder.resolve("ledger.csv"));
    }
}
