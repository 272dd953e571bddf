package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.VideoTask.Status;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VideoTaskTest {

    @ParameterizedTest
    @CsvSource({
        "CREATED,    CREATED",
        "PROCESSING, PROCESSING",
        "COMPLETED,  COMPLETED",
        "completed,  COMPLETED",
        "FAILED,     FAILED",
        "QUEUED,     PROCESSING",
        "'',         PROCESSING",
        ",           PROCESSING",
    })
    void aStatusThatIsNotKnownCountsAsRunning(String name, Status status) {
        assertThat(Status.of(name)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "0.5, 0.5", "1, 1", "1.5, 1", "-1, 0", "1e300, 1", "1e400, 0", "\"50%\", 0", "null, 0"})
    void progressIsBetweenZeroAndOne(String json, double progress) throws Exception {
        String answer = "{\"status\":\"PROCESSING\",\"progress\":" + json + "}";
        try (FakeServer server = FakeServer.json(answer)) {
            assertThat(server.client().status("t").progress()).isEqualTo(progress);
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
