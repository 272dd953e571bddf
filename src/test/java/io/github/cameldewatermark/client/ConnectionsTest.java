package io.github.cameldewatermark.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
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
        try (FakeServer server = new FakeServer((connection, self) -> {
            while (true) {
                self.readRequest(connection);
                FakeServer.send(
                        connection, answer(number.getAndIncrement(), padding).repeat(2));
            }
        })) {
            for (int i = 0; i < 20; i++) {
                assertThat(erase(server.client())).isEqualTo("picture " + i);
            }
        }
    }

    /** Immediately, or while the next request may be on its way. */
    @ParameterizedTest
    @ValueSource(ints = {0, 20})
    void aServerThatClosesIdleConnectionsLeavesNothingUnclear(int millis) throws Exception {
        AtomicInteger number = new AtomicInteger();
        try (FakeServer server = new FakeServer((connection, self) -> {
            self.readRequest(connection);
            FakeServer.send(connection, answer(number.getAndIncrement(), 0));
            pause(millis);
        })) {
            for (int i = 0; i < 50; i++) {
                assertThat(erase(server.client())).isEqualTo("picture " + i);
                if (millis > 0) {
                    pause(millis - 1 + i % 3);
                }
            }
        }
    }

    @Test
    void looksShareAConnection() throws Exception {
        Set<Socket> connections = ConcurrentHashMap.newKeySet();
        try (FakeServer server = FakeServer.keepingConnections((connection, request) -> {
            connections.add(connection);
            return FakeServer.ok("{\"status\": \"processing\"}");
        })) {
            for (int i = 0; i < 5; i++) {
                server.client().video().status("a");
            }
        }
        assertThat(connections).hasSize(1);
    }

    @Test
    void anAnswerAboutAnotherTaskIsNone() throws Exception {
        try (FakeServer server = FakeServer.json("{\"task_id\": \"b\", \"status\": \"processing\"}")) {
            assertThatThrownBy(() -> server.client().video().status("a"))
                    .hasMessageContaining("it is about another task, b");
        }
    }

    private static String answer(int number, int padding) {
        String picture =
                Base64.getEncoder().encodeToString(("picture " + number).getBytes(StandardCharsets.ISO_8859_1));
        return FakeServer.ok("{\"padding\": \"" + "x".repeat(padding)
                + "\", \"session_id\": \"s\", \"event_id\": \"e\", \"edited_image\": {\"image_id\": \"i\", \"image\": \""
                + picture + "\"}}");
    }

    private static String erase(DewatermarkClient client) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        client.erase(EraseRequest.automatic(Content.of("a.jpg", new byte[] {1})), out);
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
