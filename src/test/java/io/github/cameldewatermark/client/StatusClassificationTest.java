package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.ApiCall.Step;
import io.github.cameldewatermark.client.http.ErrorClassifier;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkRateLimitException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkServerException;
import io.github.cameldewatermark.error.DewatermarkServiceException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each status of each call means: the class of the exception, the money, and whether a repetition is free. */
class StatusClassificationTest {

    private static final Map<String, Class<?>> CLASSES = Map.of(
            "Authentication", DewatermarkAuthenticationException.class,
            "Request", DewatermarkRequestException.class,
            "RateLimit", DewatermarkRateLimitException.class,
            "Server", DewatermarkServerException.class,
            "Service", DewatermarkServiceException.class,
            "Transport", DewatermarkTransportException.class);

    private static final Set<ApiCall> PAYING = Set.of(ApiCall.ERASE, ApiCall.VIDEO_SUBMIT, ApiCall.PDF_SUBMIT);

    /** Gateways answer 503 in the middle of work, too; but not with a time to come again. */
    @ParameterizedTest
    @EnumSource(ApiCall.class)
    void offlineWithATimeToComeAgainIsACertainRefusal(ApiCall call) throws Exception {
        DewatermarkException e = failure(call, "HTTP/1.1 503 Why\r\nRetry-After: 0\r\nContent-Length: 4\r\n\r\nblah");

        assertThat(money(e)).isEqualTo(call.step() == Step.DOWNLOAD ? "YES free" : "NO free");
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # status, class,          free,    submit,        erase,         download, upload
            302,      Service,        NO -,    UNKNOWN -,     UNKNOWN -,     YES -,    NO -
            400,      Request,        NO -,    NO -,          NO -,          YES -,    NO free
            401,      Authentication, NO -,    NO -,          NO -,          YES -,    NO free
            403,      Authentication, NO -,    NO -,          NO -,          YES -,    NO free
            404,      Request,        NO -,    NO -,          NO -,          YES -,    NO free
            405,      Request,        NO -,    NO -,          NO -,          YES -,    NO free
            406,      Request,        NO -,    NO -,          NO -,          YES -,    NO free
            410,      Request,        NO -,    NO -,          NO -,          YES -,    NO free
            418,      Request,        NO -,    NO -,          NO -,          YES -,    NO free
            429,      RateLimit,      NO free, NO free,       NO free,       YES free, NO free
            500,      Server,         NO free, UNKNOWN free,  UNKNOWN -,     YES free, NO free
            502,      Server,         NO free, UNKNOWN free,  UNKNOWN -,     YES free, NO free
            503,      Server,         NO free, UNKNOWN free,  UNKNOWN -,     YES free, NO free
            """)
    void aStatusTellsClassMoneyAndRepetition(
            int status, String type, String free, String submit, String erase, String download, String upload)
            throws Exception {
        for (ApiCall call : ApiCall.values()) {
            if (call == ApiCall.PDF_SUBMIT && (status == 403 || status == 429)) {
                continue; // about credits, as the vendor says
            }
            String expected =
                    switch (call.step()) {
                        // nobody can tell whether that of a PDF has arrived
                        case SUBMIT -> call == ApiCall.PDF_SUBMIT ? erase : submit;
                        case ERASE -> erase;
                        case DOWNLOAD -> download;
                        case UPLOAD -> upload;
                        case CREDIT, CREATE, STATUS -> free;
                    };

            DewatermarkException e = failure(call, "HTTP/1.1 " + status + " Why\r\nContent-Length: 4\r\n\r\nblah");

            // a signed URL has no key that could be wrong
            boolean signed = call.step() == Step.UPLOAD || call.step() == Step.DOWNLOAD;
            assertThat(e)
                    .as("%s", call)
                    .isExactlyInstanceOf(CLASSES.get(signed && type.equals("Authentication") ? "Request" : type));
            assertThat(money(e)).as("%s", call).isEqualTo(expected);
            assertThat(e.operation()).isEqualTo(call.toString());
            assertThat(e).hasMessage("Dewatermark " + call + " was answered with HTTP " + status + " Why: blah");
            assertThat(((DewatermarkServiceException) e).status()).isEqualTo(status);
            assertThat(((DewatermarkServiceException) e).excerpt()).isEqualTo("blah");
        }
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            402, Pay,      '',                                             true
            403, No,       Insufficient Balance,                           true
            403, No,       '{"error": "no credit left"}',                  true
            429, Too Many Requests, You do not have enough credits,        true
            429, Too Many Requests, QUOTA exhausted,                       true
            429, Balance,  exhausted,                                      true
            403, No,       the API key has wrong credentials,              false
            429, Too Much, 'quota exceeded, 60 requests per minute',       false
            429, Too Many, 'rate limit: your credit of calls is used up',  false
            400, No,       Insufficient Balance,                           false
            """)
    void aRefusalThatSpeaksOfMoneyIsNeitherWaitedOutNorRepeated(int status, String reason, String body, boolean credits)
            throws Exception {
        String answer =
                "HTTP/1.1 " + status + " " + reason + "\r\nContent-Length: " + body.length() + "\r\n\r\n" + body;
        for (ApiCall call : Set.of(ApiCall.ERASE, ApiCall.VIDEO_SUBMIT, ApiCall.VIDEO_CREATE, ApiCall.CREDIT)) {
            DewatermarkException e = failure(call, answer);

            assertThat(e instanceof DewatermarkCreditException).as("%s", call).isEqualTo(credits);
            if (credits) {
                assertThat(money(e)).isEqualTo("NO -");
                assertThat(ErrorClassifier.isThrottled(e)).isFalse();
                assertThat(e)
                        .hasMessageContaining("HTTP " + status)
                        .hasMessageEndingWith("; there are too few credits, so nothing was charged");
                assertThat(e).hasNoCause();
                assertThat(((DewatermarkCreditException) e).refusal())
                        .isInstanceOfSatisfying(DewatermarkServiceException.class, cause -> assertThat(cause.status())
                                .isEqualTo(status));
            }
        }
    }

    @Test
    void whoSaysWhenToComeAgainMeansARate() throws Exception {
        assertThat(failure(
                        ApiCall.ERASE,
                        "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 5\r\nContent-Length: 14\r\n\r\nQuota exceeded"))
                .isExactlyInstanceOf(DewatermarkRateLimitException.class);
    }

    /** Storage has quotas of its own. */
    @Test
    void storageKnowsNothingOfCredits() throws Exception {
        for (ApiCall call : Set.of(ApiCall.VIDEO_UPLOAD, ApiCall.VIDEO_DOWNLOAD)) {
            assertThat(failure(call, "HTTP/1.1 403 No\r\nContent-Length: 13\r\n\r\nQuotaExceeded"))
                    .isExactlyInstanceOf(DewatermarkRequestException.class);
            assertThat(failure(call, "HTTP/1.1 402 quota\r\nContent-Length: 0\r\n\r\n"))
                    .isExactlyInstanceOf(DewatermarkRequestException.class);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "CREDIT,        NO free",
        "VIDEO_CREATE,  NO free",
        "VIDEO_STATUS,  NO free",
        "PDF_STATUS,    NO free",
        "VIDEO_SUBMIT,  UNKNOWN free",
        "PDF_SUBMIT,    UNKNOWN -",
        "ERASE,         UNKNOWN -",
    })
    void aSuccessWithoutTheContentItMustHaveIsAnUnusableAnswer(ApiCall call, String expected) throws Exception {
        DewatermarkException e = failure(call, "HTTP/1.1 204 No Content\r\n\r\n");

        assertThat(e).isExactlyInstanceOf(DewatermarkTransportException.class).hasMessageContaining("can't be used");
        assertThat(money(e)).isEqualTo(expected);
    }

    @Test
    void anUploadNeedsNoContentInItsAnswer() throws Exception {
        try (FakeServer server = FakeServer.answering("HTTP/1.1 204 No Content\r\n\r\n")) {
            assertThat(TestApi.call(ApiCall.VIDEO_UPLOAD, server)).isEqualTo("uploaded");
        }
    }

    @Test
    void anEmptyDownloadIsNoClip() throws Exception {
        for (String answer : new String[] {"HTTP/1.1 204 No Content\r\n\r\n", FakeServer.ok("")}) {
            DewatermarkException e = failure(ApiCall.VIDEO_DOWNLOAD, answer);

            assertThat(e).isExactlyInstanceOf(DewatermarkTransportException.class);
            assertThat(money(e)).isEqualTo("YES free");
        }
    }

    @Test
    void retryAfterMayBeSeconds() throws Exception {
        DewatermarkServiceException e = (DewatermarkServiceException)
                failure(ApiCall.ERASE, "HTTP/1.1 429 Slow\r\nRetry-After: 17\r\nContent-Length: 0\r\n\r\n");

        assertThat(e.retryAfter()).contains(Duration.ofSeconds(17));
        assertThat(e).hasMessage("Dewatermark erase was answered with HTTP 429 Slow (retry after 17 s)");
    }

    @Test
    void retryAfterMayBeADate() throws Exception {
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(
                Instant.now().plusSeconds(90).atOffset(ZoneOffset.UTC));

        DewatermarkServiceException e = (DewatermarkServiceException) failure(
                ApiCall.VIDEO_STATUS, "HTTP/1.1 503 Off\r\nRetry-After: " + date + "\r\nContent-Length: 0\r\n\r\n");

        assertThat(e.retryAfter().orElseThrow()).isBetween(Duration.ofSeconds(60), Duration.ofSeconds(90));
    }

    @Test
    void onlyRefusalsThatCostNothingAreThrottling() {
        for (int status = 300; status < 600; status++) {
            assertThat(ErrorClassifier.isThrottled(ErrorClassifier.status(ApiCall.ERASE, status, null, "", null)))
                    .as("%d", status)
                    .isEqualTo(status == 429 || status == 503);
        }
        assertThat(ErrorClassifier.isThrottled(ErrorClassifier.noAnswer(ApiCall.ERASE, false, new Exception())))
                .isFalse();
    }

    @Test
    void whatMayHaveBeenChargedIsNeverCalledFreeToRepeatForErase() {
        for (int status = 100; status < 600; status++) {
            DewatermarkException e = ErrorClassifier.status(ApiCall.ERASE, status, null, "", null);
            assertThat(e.retryable() && e.billed() != Billed.NO)
                    .as("%d", status)
                    .isFalse();
        }
    }

    @Test
    void onlyCallsThatPayCanBeUnknown() {
        for (ApiCall call : ApiCall.values()) {
            assertThat(ErrorClassifier.unusableAnswer(call, new Exception()).billed() == Billed.UNKNOWN)
                    .isEqualTo(PAYING.contains(call));
        }
    }

    private static DewatermarkException failure(ApiCall call, String answer) throws Exception {
        return TestApi.failure(DewatermarkException.class, call, answer);
    }

    private static String money(DewatermarkException e) {
        return e.billed() + (e.retryable() ? " free" : " -");
    }
}
