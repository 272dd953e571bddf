package com.example;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.SandboxBuilder;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.awaitility.core.ConditionFactory;

/** Route files as they are, run against a sandbox of their own. */
final class RouteRun implements AutoCloseable {

    private static final int CREDITS = 100;

    private final Sandbox sandbox;
    private final boolean ownsSandbox;
    private final Main camel;

    RouteRun(String... names) throws IOException {
        this(builder -> {}, names);
    }

    /** With more settings of the sandbox. */
    RouteRun(Consumer<SandboxBuilder> settings, String... names) throws IOException {
        this(sandbox(settings), true, names);
    }

    /** Against a sandbox that the caller closes. */
    RouteRun(Sandbox sandbox, String... names) throws IOException {
        this(sandbox, false, names);
    }

    private RouteRun(Sandbox sandbox, boolean ownsSandbox, String... names) throws IOException {
        this.sandbox = sandbox;
        this.ownsSandbox = ownsSandbox;
        camel = RunRoutes.prepare(Path.of(System.getProperty("routes", "../../routes")), names);
        RunRoutes.use(sandbox, camel);
        with("camel.component.dewatermark.pollInterval", "100");
        with("camel.main.shutdownTimeout", "10");
        with("errors.delay", "100");
        // the lookup at the start would be one call more than those that are counted
        with("camel.component.dewatermark.healthCheckProducerEnabled", "false");
        camel.addMainListener(new PollSooner());
    }

    static Sandbox sandbox(Consumer<SandboxBuilder> settings) throws IOException {
        SandboxBuilder builder =
                Sandbox.builder().apiKey("full", CREDITS).apiKey("empty", 0).taskDuration(Duration.ofMillis(300));
        settings.accept(builder);
        return builder.start();
    }

    RouteRun with(String property, Object value) {
        camel.addOverrideProperty(property, value.toString());
        return this;
    }

    /** An account without credits: every call that pays is refused with 403. */
    RouteRun withoutCredits() {
        return with("camel.component.dewatermark.apiKey", "empty");
    }

    RouteRun start() throws Exception {
        camel.start();
        return this;
    }

    Sandbox sandbox() {
        return sandbox;
    }

    CamelContext context() {
        return camel.getCamelContext();
    }

    static ConditionFactory soon() {
        return await().atMost(60, SECONDS);
    }

    /** For a batch after an outage: it takes as long as the pauses between two tries have become. */
    static ConditionFactory inTheEnd() {
        return await().atMost(120, SECONDS);
    }

    @Override
    public void close() {
        camel.stop();
        if (ownsSandbox) {
            sandbox.close();
        }
    }

    /**
     * Looks for files sooner than users need it: Camel by itself does so a second after the start, and then twice a second. What
     * begins later, so that leftovers come first, still does.
     */
    private static final class PollSooner extends MainListenerSupport {

        private static final Map<Long, Long> INITIAL_DELAYS = Map.of(1000L, 10L, 5000L, 1000L);
        private static final Map<Long, Long> DELAYS = Map.of(500L, 100L);

        @Override
        public void beforeConfigure(BaseMainSupport main) {
            main.getCamelContext().getCamelContextExtension().registerEndpointCallback(PollSooner::changed);
        }

        private static Endpoint changed(String uri, Endpoint endpoint) {
            if (endpoint instanceof ScheduledPollEndpoint polled) {
                polled.setInitialDelay(changed(INITIAL_DELAYS, polled.getInitialDelay()));
                polled.setDelay(changed(DELAYS, polled.getDelay()));
            }
            return endpoint;
        }

        private static long changed(Map<Long, Long> changes, long delay) {
            return changes.getOrDefault(delay, delay);
        }
    }
}
