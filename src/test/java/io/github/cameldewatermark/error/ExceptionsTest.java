package io.github.cameldewatermark.error;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.spi.HttpResponseAware;
import org.junit.jupiter.api.Test;

class ExceptionsTest {

    private static final DewatermarkServiceException.Failure FAILURE =
            new DewatermarkServiceException.Failure("erase", 429, "Too Many", "slow down", Duration.ofSeconds(7));

    @Test
    void aServiceExceptionTellsItsStatusAsTheHttpComponentsDo() {
        HttpResponseAware e = new DewatermarkRateLimitException(FAILURE, Billed.NO, true);

        assertThat(e.getHttpResponseCode()).isEqualTo(429);
        assertThat(e.getHttpResponseStatus()).isEqualTo("Too Many");

        e.setHttpResponseCode(500);
        e.setHttpResponseStatus("other");
        assertThat(e.getHttpResponseCode()).isEqualTo(500);
        assertThat(e.getHttpResponseStatus()).isEqualTo("other");
    }

    @Test
    void aServiceExceptionKeepsWhatTheServerSaid() {
        DewatermarkServiceException e = new DewatermarkRateLimitException(FAILURE, Billed.NO, true);

        assertThat(e.status()).isEqualTo(429);
        assertThat(e.excerpt()).isEqualTo("slow down");
        assertThat(e.retryAfter()).contains(Duration.ofSeconds(7));
        assertThat(e).hasMessage("Dewatermark erase was answered with HTTP 429 Too Many: slow down (retry after 7 s)");
    }

    @Test
    void aMessageLeavesOutWhatTheServerDidNotSay() {
        for (String reason : new String[] {null, "", " "}) {
            DewatermarkServiceException.Failure bare =
                    new DewatermarkServiceException.Failure("credit", 500, reason, "", null);

            assertThat(new DewatermarkServerException(bare, Billed.NO, true))
                    .hasMessage("Dewatermark credit was answered with HTTP 500");
        }
    }

    /** With {@code isRetryable()} beside it, Camel's Simple language would find {@code ${exception.retryable}} ambiguous. */
    @Test
    void whatExpressionsAskForHasOneNameOnly() {
        assertThat(Arrays.stream(DewatermarkTaskException.class.getMethods())
                        .map(method -> method.getName().toLowerCase(Locale.ROOT))
                        .filter(name -> name.matches("(get|is)?(billed|retryable|operation|taskid)")))
                .containsExactlyInAnyOrder("billed", "retryable", "operation", "taskid");
    }

    @Test
    void aTaskExceptionNamesTheTask() {
        DewatermarkTaskException e = new DewatermarkTaskException("pdf", "t-1", "failed", Billed.NO, true, null);

        assertThat(e).hasMessage("failed");
        assertThat(e.taskId()).isEqualTo("t-1");
        assertThat(e.operation()).isEqualTo("pdf");
    }

    @Test
    void anInputExceptionCostsNothingAndIsNotHelpedByARepetition() {
        IOException cause = new IOException();
        DewatermarkInputException e = new DewatermarkInputException("erase", "m", cause);

        assertThat(e.billed()).isEqualTo(Billed.NO);
        assertThat(e.retryable()).isFalse();
        assertThat(e).hasMessage("m. Nothing was sent, nothing was charged.").hasCause(cause);
        assertThat(new DewatermarkInputException("erase", "m")).hasNoCause();
    }

    @Test
    void anExceptionCanBeStoredWithItsMoney() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(new DewatermarkRateLimitException(FAILURE, Billed.UNKNOWN, true));
        }
        try (ObjectInputStream in = new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            DewatermarkServiceException e = (DewatermarkServiceException) in.readObject();

            assertThat(e.billed()).isEqualTo(Billed.UNKNOWN);
            assertThat(e.retryable()).isTrue();
            assertThat(e.status()).isEqualTo(429);
        }
    }
}
