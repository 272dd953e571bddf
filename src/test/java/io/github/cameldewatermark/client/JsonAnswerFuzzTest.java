package io.github.cameldewatermark.client;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.fasterxml.jackson.databind.JsonNode;
import io.github.cameldewatermark.client.http.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;

/** Any bytes for one of the small answers: all fields are read or absent, or it is refused by an {@link IOException}. */
class JsonAnswerFuzzTest {

    @FuzzTest
    void anAnswerIsReadOrRefused(byte[] bytes) {
        try {
            JsonNode json = Json.object(new ByteArrayInputStream(bytes));
            Json.text(json, "task_id");
            Json.uri(json, "upload_signed_url");
            Task.Status.of(Json.text(json, "status"));
            BigDecimal credit = Json.decimal(json, "available_credit");
            if (credit != null) {
                credit.add(BigDecimal.ONE).toPlainString();
            }
            Double duration = Json.number(json, "duration");
            if (duration != null) {
                BigDecimal.valueOf(duration).toPlainString();
            }
            Instant completed = Json.time(json, "completed_at");
            new Task("t", null, 0, null, duration, null, null, completed).isResultExpired(Instant.EPOCH);
        } catch (IOException e) {
            // refused
        }
    }
}
