package io.github.cameldewatermark.kamelet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.client.FakeServer;
import io.github.cameldewatermark.testkit.EraseStub;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.net.Socket;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** However many instances there are: they have the HTTP clients of the one component, and messages leave nothing. */
@ExtendWith(NoSecretsLogged.class)
class SharedByInstancesTest {

    private static final String PICTURE = FakeServer.ok(EraseStub.answer(TestPictures.jpeg(), 1));
    private static final String CREDIT = FakeServer.ok("{\"data\": {\"available_credit\": 100, \"user_id\": \"me\"}}");

    private final Set<Socket> connections = ConcurrentHashMap.newKeySet();

    @AutoClose
    private final FakeServer platform = FakeServer.keepingConnections((connection, request) -> {
        if (request.startsWith("POST " + EraseStub.PATH)) {
            return PICTURE;
        }
        connections.add(connection);
        return CREDIT;
    });

    @AutoClose
    private final TestContext context = TestContext.unconfigured();

    @BeforeEach
    void setUp() throws Exception {
        context.options().setBaseUrl(platform.url());
        for (int i = 0; i < 5; i++) {
            Pipe.through(
                            "pipe" + i,
                            "dewatermark-erase-action",
                            Map.of("apiKey", "kamelet-key-" + i, "maskRegion", i + ",0,9,9", "minimumCredit", "1"))
                    .addTo(context.camel());
        }
        context.camel().start();
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
}
