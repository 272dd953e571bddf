package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a connection has seen before is nothing to the next call. */
@Timeout(60)
class ConnectionsTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1_000_000})
    void anAnswerThatIsSentTwiceAnswersNoOtherCall(int padding) throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (RawServer server = new RawServer((connection, self) -> {
                    while (true) {
                        self.readRequest(connection);
                        byte[] answer = bytes(answer(number.getAndIncrement(), padding));
                        connection.getOutputStream().write(answer);
                        connection.getOutputStream().write(answer);
                        connection.getOutputStream().flush();
                    }
                });
                DewatermarkClient client = client(server)) {
            for (int i = 0; i < 20; i++) {
                assertThat(erase(client)).isEqualTo("picture " + i);
            }
        }
    }

    /** Immediately, or while the next request may be on its way. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void aServerThatClosesIdleConnectionsLeavesNothingUnclear(int millis) throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (RawServer server = new RawServer((connection, self) -> {
                    self.readRequest(connection);
                    connection.getOutputStream().write(bytes(answer(number.getAndIncrement(), 0)));
                    connection.getOutputStream().flush();
                    pause(millis);
                });
                DewatermarkClient client = client(server)) {
            for (int i = 0; i < 50; i++) {
                assertThat(erase(client)).isEqualTo("picture " + i);
                if (millis > 0) {
                    pause(millis - 1 + i % 3);
                }
            }
        }
    }

    @Test
    void looksShareAConnection() throws Exception {
        AtomicInteger connections = new AtomicInteger();
        try (RawServer server = new RawServer((connection, self) -> {
                    connections.incrementAndGet();
                    while (true) {
                        self.readRequest(connection);
                        connection
                                .getOutputStream()
                                .write(RawServer.ok("{\"status\": \"processing\"}")
                                        .getBytes(StandardCharsets.ISO_8859_1));
                        connection.getOutputStream().flush();
                    }
                });
                DewatermarkClient client = client(server)) {
            for (int i = 0; i < 5; i++) {
                client.status("a");
            }
        }
        assertThat(connections).hasValue(1);
    }

    @Test
    void anAnswerAboutAnotherTaskIsNone() throws Exception {
        try (RawServer server = new RawServer(
                        RawServer.answering(RawServer.ok("{\"task_id\": \"b\", \"status\": \"processing\"}")));
                DewatermarkClient client = client(server)) {
            assertThatThrownBy(() -> client.status("a")).hasMessageContaining("it is about another task, b");
        }
    }

    private static DewatermarkClient client(RawServer server) {
        return DewatermarkClient.builder().apiKey("k").baseUrl(server.url()).build();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static String answer(int number, int padding) {
        String picture =
                Base64.getEncoder().encodeToString(("picture " + number).getBytes(StandardCharsets.ISO_8859_1));
        return RawServer.ok("{\"padding\": \"" + "x".repeat(padding)
                + "\", \"session_id\": \"s\", \"event_id\": \"e\", \"edited_image\": {\"image_id\": \"i\", \"image\": \""
                + picture + "\"}}");
    }

    private static String erase(DewatermarkClient client) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client.erase(EraseRequest.automatic(Content.of("a.jpg", "a".getBytes(StandardCharsets.ISO_8859_1))), out);
        return out.toString(StandardCharsets.ISO_8859_1);
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
