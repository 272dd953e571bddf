package io.github.cameldewatermark.task;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.serverError;
import static com.github.tomakehurst.wiremock.client.WireMock.status;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.wireMockConfig;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.junit5.WireMockExtension;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.Task;
import io.github.cameldewatermark.client.Task.Status;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.CallStatistics;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.client.throttle.VirtualTimer;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TaskSubmitterTest {

    @RegisterExtension
    static final WireMockExtension SERVER = WireMockExtension.newInstance()
            .options(wireMockConfig().dynamicPort())
            .build();

    private final VirtualTimer time = new VirtualTimer();
    private final VideoApi api = new VideoApi(SERVER);

    @AutoClose
    private final DewatermarkClient client = DewatermarkClient.builder()
            .apiKey("k")
            .baseUrl(SERVER.baseUrl())
            .responseTimeout(Duration.ofSeconds(5))
            .build();

    private final List<String> watched = new ArrayList<>();
    private final TaskSubmitter.Watcher watcher = new TaskSubmitter.Watcher() {
        @Override
        public void sending() {
            watched.add("sending");
        }

        @Override
        public void refused() {
            watched.add("refused");
        }
    };

    private TaskSubmitter submitter;

    @BeforeEach
    void connect() {
        Delays delays = new Delays(time, Runnable::run);
        submitter = new TaskSubmitter(
                client.video(),
                new CallDispatcher(
                        new RateGate(time.clock()), delays, Duration.ofSeconds(60), new CallStatistics(), () -> null));
    }

    @Test
    void aClearAnswerNeedsNoLook() {
        api.submits(VideoApi.task("PROCESSING"));

        assertThat(submitter.submit("t1", null, watcher).join().status()).isEqualTo(Status.PROCESSING);
        assertThat(api.submitted()).isEqualTo(1);
        assertThat(api.looks()).isZero();
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void aTaskThatArrivedInSpiteOfAnUnclearAnswerIsNotSubmittedAgain(ResponseDefinitionBuilder unclear) {
        for (String status : new String[] {"PROCESSING", "COMPLETED", "FAILED"}) {
            SERVER.resetAll();
            api.submits(unclear, VideoApi.task("PROCESSING"));
            api.statuses(VideoApi.task(status));

            Task task = submitter.submit("t1", null, watcher).join();

            assertThat(task.status()).isEqualTo(Status.valueOf(status));
            assertThat(api.submitted()).isEqualTo(1);
            assertThat(api.looks()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void aStatusThatNobodyKnowsProvesNothing(ResponseDefinitionBuilder unclear) {
        api.submits(unclear);
        api.statuses(VideoApi.task("QUEUED"));

        assertThatThrownBy(() -> submitter.submit("t1", null, watcher).join())
                .cause()
                .isInstanceOfSatisfying(DewatermarkTaskException.class, e -> assertThat(e.billed())
                        .isEqualTo(Billed.UNKNOWN));
        assertThat(api.submitted()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("unclear")
    void aTaskThatDidNotArriveIsSubmittedOnceMore(ResponseDefinitionBuilder unclear) {
        api.submits(unclear, VideoApi.task("PROCESSING"));
        api.statuses(VideoApi.task("CREATED"));

        assertThat(submitter.submit("t1", null, watcher).join().status()).isEqualTo(Status.PROCESSING);
        assertThat(api.submitted()).isEqualTo(2);
        assertThat(api.looks()).isEqualTo(1);
    }

    static Stream<Named<ResponseDefinitionBuilder>> unclear() {
        return Stream.of(
                Named.of("reset", fault(Fault.CONNECTION_RESET_BY_PEER)),
                Named.of("closed", fault(Fault.EMPTY_RESPONSE)),
                Named.of("garbled", fault(Fault.MALFORMED_RESPONSE_CHUNK)),
                Named.of("500", serverError()),
                Named.of("502", status(502)),
                Named.of("not JSON", okJson("<html>")));
    }

    @Test
    void anUnclearAnswerTwiceInARowIsLeftToTheRoute() {
        api.submits(fault(Fault.CONNECTION_RESET_BY_PEER));
        api.statuses(VideoApi.task("CREATED"));

        DewatermarkException e = failure(submitter.submit("t1", null, watcher));

        assertThat(e).isInstanceOf(DewatermarkTaskException.class).hasMessageContaining("t1 may have been submitted");
        assertThat(e.getSuppressed()).hasExactlyElementsOfTypes(DewatermarkTransportException.class);
        assertThat(e.billed()).isEqualTo(Billed.UNKNOWN);
        assertThat(e.retryable()).isTrue(); // after a look at the status, which whoever repeats it begins with
        assertThat(api.submitted()).isEqualTo(2);
    }

    /** The status lags behind a submit whose answer was lost, and the second submit is refused because of the first one. */
    @Test
    void aRefusalAfterAnUnclearAnswerProvesNothing() {
        api.submits(fault(Fault.CONNECTION_RESET_BY_PEER), status(409));
        api.statuses(VideoApi.task("CREATED"));

        DewatermarkException e = failure(submitter.submit("t1", null, watcher));

        assertThat(e).isInstanceOf(DewatermarkTaskException.class).hasMessageContaining("t1 may have been submitted");
        assertThat(e.billed()).isEqualTo(Billed.UNKNOWN);
        assertThat(api.submitted()).isEqualTo(2);
    }

    @Test
    void aStatusThatCannotBeHadLeavesItUnknown() {
        api.submits(fault(Fault.CONNECTION_RESET_BY_PEER));
        api.statuses(serverError());

        DewatermarkException e = failure(submitter.submit("t1", null, watcher));

        assertThat(e).isInstanceOf(DewatermarkTaskException.class).hasMessageContaining("t1 may have been submitted");
        assertThat(e.billed()).isEqualTo(Billed.UNKNOWN);
        assertThat(e.retryable()).isTrue();
        assertThat(api.submitted()).isEqualTo(1);
    }

    @Test
    void aClearRefusalIsFinal() {
        api.submits(status(400).withBody("{\"message\":\"no clip\"}"));

        DewatermarkException e = failure(submitter.submit("t1", null, watcher));

        assertThat(e).isInstanceOf(DewatermarkRequestException.class).hasMessageContaining("no clip");
        assertThat(e.billed()).isEqualTo(Billed.NO);
        assertThat(api.submitted()).isEqualTo(1);
        assertThat(api.looks()).isZero();
    }

    @Test
    void aThrottledSubmitIsMadeAgainWithoutALook() {
        api.submits(status(429).withHeader("Retry-After", "20"), VideoApi.task("PROCESSING"));

        CompletableFuture<Task> submit = submitter.submit("t1", null, watcher);
        assertThat(submit).isNotDone();
        assertThat(time.runNext()).isEqualTo(Duration.ofSeconds(20));

        assertThat(submit.join().status()).isEqualTo(Status.PROCESSING);
        assertThat(api.submitted()).isEqualTo(2);
        assertThat(api.looks()).isZero();
    }

    private static ResponseDefinitionBuilder fault(Fault fault) {
        return aResponse().withFault(fault);
    }

    private static DewatermarkException failure(CompletableFuture<?> result) {
        Throwable e = result.handle((value, error) -> error).join();
        return (DewatermarkException) (e instanceof CompletionException ? e.getCause() : e);
    }
}
