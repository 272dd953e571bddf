package io.github.cameldewatermark.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.github.cameldewatermark.EraseStub;
import io.github.cameldewatermark.TestContext;
import io.github.cameldewatermark.TestPictures;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** However many instances there are: they have the HTTP clients of the one component, and messages leave nothing. */
class SharedByInstancesTest {

    private static final byte[] ANSWER =
            EraseStub.answer(TestPictures.jpeg(), 1).getBytes(StandardCharsets.UTF_8);

    private static final byte[] CREDIT =
            "{\"data\": {\"available_credit\": 100, \"user_id\": \"me\"}}".getBytes(StandardCharsets.UTF_8);

    private final TestContext context = TestContext.unconfigured();
    private final Set<InetSocketAddress> connections = ConcurrentHashMap.newKeySet();
    private HttpServer platform;

    @BeforeEach
    void setUp() throws Exception {
        platform = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        platform.createContext(EraseStub.PATH, exchange -> answer(exchange, ANSWER));
        platform.createContext("/api/creditInfo", exchange -> {
            connections.add(exchange.getRemoteAddress());
            answer(exchange, CREDIT);
        });
        platform.start();
        context.options().setBaseUrl("http://127.0.0.1:" + platform.getAddress().getPort());
        for (int i = 0; i < 5; i++) {
            Pipe.through(
                            "pipe" + i,
                            "dewatermark-erase-action",
                            Map.of("apiKey", "kamelet-key-" + i, "maskRegion", i + ",0,9,9", "minimumCredit", "1"))
                    .addTo(context.camel());
        }
        context.camel().start();
    }

    @AfterEach
    void tearDown() {
        context.close();
        platform.stop(0);
    }

    @Test
    void fiveInstancesLookOverOneConnection() {
        sendToEach();

        assertThat(connections).hasSize(1);
    }

    @Test
    void noMessageMakesAnEndpointOrARoute() {
        sendToEach();
        int endpoints = context.camel().getEndpoints().size();
        int routes = context.camel().getRoutes().size();

        sendToEach();
        sendToEach();

        assertThat(context.camel().getEndpoints()).hasSize(endpoints);
        assertThat(context.camel().getRoutes()).hasSize(routes);
    }

    private void sendToEach() {
        for (int i = 0; i < 5; i++) {
            TestContext.body(context.sendTo("direct:pipe" + i, TestPictures.jpeg(), Map.of()));
        }
    }

    private static void answer(HttpExchange exchange, byte[] answer) throws IOException {
        exchange.getRequestBody().readAllBytes();
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }
}
