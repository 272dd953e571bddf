package io.github.cameldewatermark.testkit;

import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.sandbox.Sandbox;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.RoutesBuilder;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.mock.MockEndpoint;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.HealthCheckRepository;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.ClassResolver;

/**
 * A Camel context with the component in it. Tasks are polled often, nothing is asked by itself at the start, and the context
 * stops with the test.
 */
public final class TestContext implements AutoCloseable {

    public static final String KEY = "test-key";

    private final DefaultCamelContext camel = new DefaultCamelContext() {
        @Override
        protected ClassResolver createClassResolver() {
            return new OneSearchPerService(this);
        }
    };
    private final DewatermarkComponent component = new DewatermarkComponent();
    private final ProducerTemplate template;
    private boolean managed;

    private TestContext() {
        component.getConfiguration().setPollInterval(50);
        component.getConfiguration().setMaxPollInterval(100);
        component.setHealthCheckProducerEnabled(false);
        camel.addComponent("dewatermark", component);
        camel.getShutdownStrategy().setTimeout(5);
        template = camel.createProducerTemplate();
    }

    /** Without a key, and with the real base URL. */
    public static TestContext unconfigured() {
        return new TestContext();
    }

    public static TestContext at(String baseUrl, String apiKey) {
        TestContext context = new TestContext();
        context.component.getConfiguration().setBaseUrl(baseUrl);
        context.component.getConfiguration().setApiKey(apiKey);
        return context;
    }

    public static TestContext at(String baseUrl) {
        return at(baseUrl, KEY);
    }

    public static TestContext at(Sandbox sandbox) {
        return at(sandbox.baseUrl(), sandbox.apiKey());
    }

    public DefaultCamelContext camel() {
        return camel;
    }

    public DewatermarkComponent component() {
        return component;
    }

    public DewatermarkConfiguration options() {
        return component.getConfiguration();
    }

    /** With JMX, which takes a fifth of the time of a test whose context it is in. */
    public TestContext managed() {
        managed = true;
        return this;
    }

    public TestContext bind(String name, Object bean) {
        camel.getRegistry().bind(name, bean);
        return this;
    }

    /** What {@code {{name}}} stands for in the routes. */
    public TestContext property(String name, Object value) {
        camel.getPropertiesComponent().addInitialProperty(name, value.toString());
        return this;
    }

    /** Starts with the routes. */
    public TestContext start(RoutesBuilder routes) throws Exception {
        if (!managed) {
            camel.disableJMX();
        }
        camel.addRoutes(routes);
        camel.start();
        return this;
    }

    public TestContext start(LambdaRouteBuilder routes) throws Exception {
        return start(new RouteBuilder() {
            @Override
            public void configure() throws Exception {
                routes.accept(this);
            }
        });
    }

    /** Starts with one route, from {@code direct:in} to this endpoint, that repeats what fails so, this many times. */
    public TestContext startWithRedelivery(Class<? extends Exception> error, int times, String uri) throws Exception {
        return start(routes -> {
            routes.onException(error).maximumRedeliveries(times).redeliveryDelay(1);
            routes.from("direct:in").to(uri);
        });
    }

    /** Starts with one route, from {@code direct:in} to these endpoints. */
    public TestContext start(String... uris) throws Exception {
        return start(routes -> routes.from("direct:in").to(uris));
    }

    /** Enables the checks of the producers that have been started. */
    public void enableHealthChecks() {
        HealthCheckRepository checks = HealthCheckHelper.getHealthCheckRepository(camel, "producers");
        checks.setEnabled(true);
        checks.stream().forEach(check -> check.setEnabled(true));
    }

    /** Sends to {@code direct:in}, and returns the exchange at its end, failed or not. */
    public Exchange send(Object body, Map<String, ?> headers) {
        return sendTo("direct:in", body, headers);
    }

    public Exchange send(Object body) {
        return send(body, Map.of());
    }

    /** Sends to {@code direct:in}, and doesn't wait for the end of the exchange. */
    public CompletableFuture<Exchange> sendAsync(Object body, Map<String, ?> headers) {
        return template.asyncSend("direct:in", exchange -> fill(exchange, body, headers));
    }

    public CompletableFuture<Exchange> sendAsync(Object body) {
        return sendAsync(body, Map.of());
    }

    /** Sends a clip of this name to {@code direct:in}, and returns when its task is waited for. */
    public void sendClip(String name) {
        int before = component.getInflightTasks();
        sendAsync(TestClips.clip(name), Map.of(Exchange.FILE_NAME, name));
        await().until(() -> component.getInflightTasks() > before);
    }

    public Exchange sendTo(String uri, Object body, Map<String, ?> headers) {
        return template.send(uri, exchange -> fill(exchange, body, headers));
    }

    private static void fill(Exchange exchange, Object body, Map<String, ?> headers) {
        exchange.getMessage().setBody(body);
        exchange.getMessage().getHeaders().putAll(headers);
    }

    public MockEndpoint mock(String uri) {
        MockEndpoint mock = camel.getEndpoint(uri, MockEndpoint.class);
        mock.setResultWaitTime(TimeUnit.SECONDS.toMillis(20));
        return mock;
    }

    /** The body of an exchange that ended well, and is in memory. */
    public static byte[] body(Exchange exchange) {
        if (exchange.getException() != null) {
            throw new AssertionError("The exchange failed", exchange.getException());
        }
        return exchange.getMessage().getBody(byte[].class);
    }

    /** The exception of an exchange that failed. */
    public static <T extends Throwable> T failure(Exchange exchange, Class<T> type) {
        Exception error = exchange.getException();
        if (!type.isInstance(error)) {
            throw new AssertionError("Not a " + type.getSimpleName() + ": " + error, error);
        }
        return type.cast(error);
    }

    @Override
    public void close() {
        template.stop();
        camel.stop();
    }
}
