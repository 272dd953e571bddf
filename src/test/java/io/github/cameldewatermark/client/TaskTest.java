package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cameldewatermark.client.Task.Status;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TaskTest {

    @ParameterizedTest
    @CsvSource({
        "CREATED,    CREATED",
        "PROCESSING, PROCESSING",
        "COMPLETED,  COMPLETED",
        "completed,  COMPLETED",
        "FAILED,     FAILED",
        "QUEUED,     ",
        "SUCCESS,    COMPLETED",
        "'',         ",
        ",           ",
    })
    void aStatusIsOneOfFour(String name, Status status) {
        assertThat(Status.of(name)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.5", "1, 1", "1.5, 1", "-1, 0", "1e300, 1", "1e400, 0", "\"50%\", 0", "null, 0"})
    void progressIsBetweenZeroAndOne(String json, double progress) throws Exception {
        String answer = "{\"status\":\"PROCESSING\",\"progress\":" + json + "}";
        try (FakeServer server = FakeServer.json(answer)) {
            assertThat(server.client().video().status("t").progress()).isEqualTo(progress);
        }
    }

    @ParameterizedTest
    @CsvSource({"10.5, 10.5", "86400, 86400", "0, ", "-3, ", "86401, ", "1e300, ", "\"10\", ", "null, "})
    void aDurationThatCannotBeIsUnknown(String json, Double duration) throws Exception {
        String answer = "{\"status\":\"COMPLETED\",\"duration\":" + json + "}";
        try (FakeServer server = FakeServer.json(answer)) {
            assertThat(server.client().video().status("t").duration()).isEqualTo(duration);
        }
    }

    @Test
    void anUnknownStatusIsNoAnswerUnlessTheTaskWasJustSubmitted() throws Exception {
        try (FakeServer server = FakeServer.json("{\"status\":\"CANCELLED\"}")) {
            assertThatExceptionOfType(DewatermarkTransportException.class)
                    .isThrownBy(() -> server.client().video().status("t"))
                    .withMessageContaining("its status is CANCELLED, which is not known");
            assertThat(server.client().video().submit("t").status()).isEqualTo(Status.PROCESSING);
        }
    }

    @Test
    void charactersThatNoUrlHasAreEncoded() throws Exception {
        String answer =
                "{\"status\":\"COMPLETED\",\"download_signed_url\":\"https://storage.googleapis.com/a b|c%20d?x={y}\"}";
        try (FakeServer server = FakeServer.json(answer)) {
            assertThat(server.client().video().status("t").downloadUrl())
                    .hasToString("https://storage.googleapis.com/a%20b%7Cc%20d?x=%7By%7D");
        }
    }

    @Test
    void aTurkishLocaleDoesNotMakeAStatusUnknown() {
        java.util.Locale before = java.util.Locale.getDefault();
        java.util.Locale.setDefault(java.util.Locale.forLanguageTag("tr"));
        try {
            assertThat(Status.of("failed")).isEqualTo(Status.FAILED);
        } finally {
            java.util.Locale.setDefault(before);
        }
    }
}
