package io.github.cameldewatermark;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.client.RawServer;
import io.github.cameldewatermark.journal.JournalFiles;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stop that doesn't wait for the end of what is under way, and a file consumer that moves failed files away. */
@Timeout(60)
class InterruptedFilesTest {

    @TempDir
    private Path folder;

    private Sandbox sandbox;

    @BeforeEach
    void setUp() {
        sandbox = Samples.sandboxThatKeepsClips(Duration.ofSeconds(4));
    }

    @AfterEach
    void tearDown() {
        sandbox.close();
    }

    @Test
    void aClipWhosePaidTaskIsInTheJournalStaysAndIsResumedByTheNextContext() throws Exception {
        drop("clip.mp4", "/samples/video/rocket-pan.mp4");
        try (DefaultCamelContext context = context(journaledRoute("?moveFailed=../failed&readLock=markerFile"))) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.SUBMIT) == 1);
            context.stop();
            assertThat(context.getInflightRepository().size()).isZero();
        }
        assertThat(files("inbox")).containsExactly("clip.mp4"); // no lock file, either
        assertThat(files("failed")).isEmpty();
        assertThat(JournalFiles.states(folder.resolve("journal"))).containsExactly(State.SUBMITTED);

        try (DefaultCamelContext context = context(journaledRoute("?moveFailed=../failed&readLock=markerFile"))) {
            await().atMost(20, SECONDS).until(() -> !files("outbox").isEmpty());
            await().atMost(20, SECONDS).until(() -> files("inbox").isEmpty());
        }
        assertThat(files("outbox")).containsExactly("clip.mp4");
        assertThat(files("inbox")).isEmpty();
        assertThat(sandbox.requests().count(Call.UPLOAD)).isEqualTo(1);
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
    }

    @Test
    void aContextThatIsStartedAgainResumesItsClips() throws Exception {
        drop("clip.mp4", "/samples/video/rocket-pan.mp4");
        try (DefaultCamelContext context = context(journaledRoute("?moveFailed=../failed"))) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.SUBMIT) == 1);

            context.stop();
            assertThat(files("inbox")).containsExactly("clip.mp4");
            // Camel's own goes on to refuse everything after it has forced a stop
            context.setShutdownStrategy(new DefaultShutdownStrategy(context));
            context.start();

            await().atMost(20, SECONDS).until(() -> !files("outbox").isEmpty());
        }
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
        assertThat(files("failed")).isEmpty();
    }

    @Test
    void aRouteThatIsStoppedAndStartedAgainResumesItsClips() throws Exception {
        drop("clip.mp4", "/samples/video/rocket-pan.mp4");
        try (DefaultCamelContext context = context(journaledRoute("?moveFailed=../failed"))) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.SUBMIT) == 1);

            context.getRouteController().stopRoute("clips", 100, MILLISECONDS);
            await().atMost(20, SECONDS)
                    .until(() -> context.getInflightRepository().size() == 0);
            assertThat(files("inbox")).containsExactly("clip.mp4");
            assertThat(files("failed")).isEmpty();
            context.getRouteController().startRoute("clips");

            await().atMost(20, SECONDS).until(() -> !files("outbox").isEmpty());
        }
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
    }

    @Test
    void noErrorHandlerOfTheRouteTouchesAnInterruptedClip() throws Exception {
        drop("clip.mp4", "/samples/video/rocket-pan.mp4");
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                onException(Exception.class)
                        .maximumRedeliveries(3)
                        .redeliveryDelay(10_000)
                        .handled(true)
                        .to("file:" + folder.resolve("dead"));
                from("file:" + folder.resolve("inbox") + "?moveFailed=../failed")
                        .to(video("&journalDirectory=" + folder.resolve("journal")));
            }
        };
        try (DefaultCamelContext context = context(route)) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.SUBMIT) == 1);
            context.stop();
        }

        assertThat(files("inbox")).containsExactly("clip.mp4");
        assertThat(files("failed")).isEmpty();
        assertThat(files("dead")).isEmpty();
    }

    @Test
    void aClipWhosePaidTaskNoJournalRemembersGoesToTheFailedOnes() throws Exception {
        drop("clip.mp4", "/samples/video/rocket-pan.mp4");
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder.resolve("inbox") + "?moveFailed=../failed")
                        .to(video(""));
            }
        };
        try (DefaultCamelContext context = context(route)) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.SUBMIT) == 1);
            context.stop();
        }

        assertThat(files("failed")).containsExactly("clip.mp4");
        assertThat(files("inbox")).isEmpty();
    }

    @Test
    void aPictureThatWaitsForItsTurnStaysAndCostsNothing() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.status(429).retryAfter("30"));
        drop("photo.jpg", "/samples/images/coffee.jpg");
        try (DefaultCamelContext context = context(pictures(sandbox.baseUrl()))) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.ERASE) == 1);
            context.stop();
        }

        assertThat(files("inbox")).containsExactly("photo.jpg");
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void aFileThatAStepPollsStaysToo() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.status(429).retryAfter("30"));
        drop("photo.jpg", "/samples/images/coffee.jpg");
        Path masks = Files.createDirectories(folder.resolve("masks"));
        Files.write(masks.resolve("mask.png"), new byte[] {1});
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder.resolve("inbox") + "?moveFailed=../failed")
                        .pollEnrich()
                        .constant("file:" + masks + "?moveFailed=../failed")
                        .timeout(1000)
                        .variableReceive("mask")
                        .to("dewatermark:erase?baseUrl=" + sandbox.baseUrl() + "&apiKey=" + sandbox.apiKey());
            }
        };
        try (DefaultCamelContext context = context(route)) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.ERASE) == 1);
            context.stop();
        }

        assertThat(files("inbox")).containsExactly("photo.jpg");
        assertThat(files("masks")).containsExactly("mask.png");
        assertThat(files("failed")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"toD", "recipientList", "routingSlip"})
    void itStaysTooIfItsStepIsFoundWhileTheRouteRuns(String step) throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.status(429).retryAfter("30"));
        drop("photo.jpg", "/samples/images/coffee.jpg");
        String erase =
                "dewatermark:erase?baseUrl=" + sandbox.baseUrl() + "&apiKey=#bean:key"; // as Camel logs such URIs
        RouteBuilder route = new RouteBuilder() {
            @Override
            public void configure() {
                getContext().getRegistry().bind("key", sandbox.apiKey());
                RouteDefinition pictures = from("file:" + folder.resolve("inbox") + "?moveFailed=../failed");
                switch (step) {
                    case "toD" -> pictures.setHeader("text", constant(true)).toD(erase + "&removeText=${header.text}");
                    case "recipientList" -> pictures.recipientList(constant(erase));
                    case "routingSlip" -> pictures.routingSlip(constant(erase));
                    default -> throw new IllegalArgumentException(step);
                }
            }
        };
        try (DefaultCamelContext context = context(route)) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.ERASE) == 1);
            context.stop();
        }

        assertThat(files("inbox")).containsExactly("photo.jpg");
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void itStaysTooIfItsStepIsInAnotherRouteAndOfAComponentOfAnotherName() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.status(429).retryAfter("30"));
        drop("photo.jpg", "/samples/images/coffee.jpg");
        RouteBuilder routes = new RouteBuilder() {
            @Override
            public void configure() {
                getContext().addComponent("cleaner", new DewatermarkComponent());
                from("file:" + folder.resolve("inbox") + "?moveFailed=../failed")
                        .to("direct:clean");
                from("direct:clean").to("cleaner:erase?baseUrl=" + sandbox.baseUrl() + "&apiKey=" + sandbox.apiKey());
            }
        };
        try (DefaultCamelContext context = context(routes)) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.ERASE) == 1);
            context.stop();
        }

        assertThat(files("inbox")).containsExactly("photo.jpg");
        assertThat(files("failed")).isEmpty();
    }

    @Test
    void aRouteThatLeadsToNoStepOfTheComponentKeepsItsEndpointAsItIs() throws Exception {
        String inbox = "file:" + folder.resolve("inbox") + "?moveFailed=../failed";
        String other = "file:" + folder.resolve("other") + "?moveFailed=../failed";
        RouteBuilder routes = new RouteBuilder() {
            @Override
            public void configure() {
                from(inbox).to("dewatermark:erase?apiKey=any");
                from(other).choice().when(body().isNotNull()).to("file:" + folder.resolve("outbox"));
            }
        };
        try (DefaultCamelContext context = context(routes)) {
            assertThat(context.getEndpoint(inbox, FileEndpoint.class).getOnCompletionExceptionHandler())
                    .isNotNull();
            assertThat(context.getEndpoint(other, FileEndpoint.class).getOnCompletionExceptionHandler())
                    .isNull();
            assertThat(context.getEndpoint(other, FileEndpoint.class)
                            .getMoveFailed()
                            .getClass()
                            .getName())
                    .doesNotContain("dewatermark");
        }
    }

    /** Or wait to be converted: each takes a while, and there are more than most machines have processors. */
    @Test
    void picturesThatAreBeingConvertedStay() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.status(429).retryAfter("30"));
        byte[] png = PictureSamples.bomb(3000, 3000);
        Files.createDirectories(folder.resolve("inbox"));
        for (int i = 0; i < 8; i++) {
            Files.write(folder.resolve("inbox/" + i + ".png"), png);
        }
        try (DefaultCamelContext context = context(pictures(sandbox.baseUrl()))) {
            await().atMost(20, SECONDS)
                    .until(() -> context.getInflightRepository().size() == 8);
            context.stop();
            // a conversion that runs goes on to its end
            await().atMost(20, SECONDS)
                    .until(() -> context.getInflightRepository().size() == 0);
        }

        assertThat(files("inbox")).hasSize(8);
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void aPictureWhoseFirstStepIsPaidStaysWithAJournalAndIsNotPaidAgain() throws Exception {
        sandbox.faults()
                .on(Call.ERASE)
                .after(1)
                .always()
                .inject(Fault.status(429).retryAfter("30"));
        drop("photo.jpg", "/samples/images/coffee.jpg");
        String erase = "dewatermark:erase?baseUrl=" + sandbox.baseUrl() + "&apiKey=" + sandbox.apiKey()
                + "&journalDirectory=" + folder.resolve("journal");
        RouteBuilder twice = new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder.resolve("inbox") + "?moveFailed=../failed")
                        .to(erase)
                        .removeHeaders("CamelDewatermark*")
                        .to(erase)
                        .to("file:" + folder.resolve("outbox"));
            }
        };
        try (DefaultCamelContext context = context(twice)) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.ERASE) == 2);
            context.stop();
        }
        assertThat(files("inbox")).containsExactly("photo.jpg");
        assertThat(sandbox.ledger()).hasSize(1);
        sandbox.faults().clear();

        try (DefaultCamelContext context = context(twice)) {
            await().atMost(20, SECONDS).until(() -> !files("outbox").isEmpty());
        }
        assertThat(sandbox.ledger()).hasSize(2);
    }

    @Test
    void aPictureWhoseFirstStepIsPaidAndNotRememberedGoesToTheFailedOnes() throws Exception {
        sandbox.faults()
                .on(Call.ERASE)
                .after(1)
                .always()
                .inject(Fault.status(429).retryAfter("30"));
        drop("photo.jpg", "/samples/images/coffee.jpg");
        String erase = "dewatermark:erase?baseUrl=" + sandbox.baseUrl() + "&apiKey=" + sandbox.apiKey();
        RouteBuilder twice = new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder.resolve("inbox") + "?moveFailed=../failed")
                        .to(erase)
                        .to(erase);
            }
        };
        try (DefaultCamelContext context = context(twice)) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.ERASE) == 2);
            context.stop();
        }

        assertThat(files("failed")).containsExactly("photo.jpg");
        assertThat(files("inbox")).isEmpty();
    }

    @Test
    void aPictureThatMayHaveBeenChargedGoesToTheFailedOnes() throws Exception {
        drop("photo.jpg", "/samples/images/coffee.jpg");
        try (RawServer server = new RawServer(RawServer.silent());
                DefaultCamelContext context = context(pictures(server.url()))) {
            await().atMost(20, SECONDS).until(() -> !server.requests().isEmpty());
            context.stop();
        }

        assertThat(files("failed")).containsExactly("photo.jpg");
        assertThat(files("inbox")).isEmpty();
    }

    @Test
    void withAJournalItStaysAndTheNextContextDoesNotSendItAgain() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(Duration.ofSeconds(4)));
        drop("photo.jpg", "/samples/images/coffee.jpg");
        String journal = "&journalDirectory=" + folder.resolve("journal");
        try (DefaultCamelContext context = context(pictures(sandbox.baseUrl(), journal))) {
            await().atMost(20, SECONDS).until(this::isBeingSent);
            context.stop();
        }
        assertThat(files("inbox")).containsExactly("photo.jpg");

        try (DefaultCamelContext context = context(pictures(sandbox.baseUrl(), journal))) {
            await().atMost(20, SECONDS).until(() -> files("failed").equals(List.of("photo.jpg")));
        }
        assertThat(sandbox.requests().count(Call.ERASE)).isLessThanOrEqualTo(1);
    }

    @Test
    void whatMayHaveBeenChargedIsLoggedAsNoErrorHandlerRunsInAStopByForce() throws Exception {
        drop("photo.jpg", "/samples/images/coffee.jpg");
        try (LogLines log = LogLines.infos();
                RawServer server = new RawServer(RawServer.silent())) {
            try (DefaultCamelContext context = context(pictures(server.url()))) {
                await().atMost(20, SECONDS).until(() -> !server.requests().isEmpty());
                context.stop();
            }
            assertThat(log.messages())
                    .filteredOn(
                            line -> line.startsWith("photo.jpg failed when its route was stopped, billed UNKNOWN: "))
                    .hasSize(1);
        }
    }

    @Test
    void whatStaysIsSaidInOneLineAndIsNothingForTheExceptionHandlerOfTheConsumer() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.status(429).retryAfter("30"));
        drop("photo.jpg", "/samples/images/coffee.jpg");
        Handler handler = new Handler();
        try (LogLines log = LogLines.infos()) {
            try (DefaultCamelContext context = context(handledBy(handler))) {
                await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.ERASE) == 1);
                context.stop();
            }
            assertThat(log.messages())
                    .filteredOn(line -> line.startsWith("photo.jpg stays where it is"))
                    .hasSize(1);
        }
        assertThat(handler.handled).isEmpty();
        assertThat(files("inbox")).containsExactly("photo.jpg");
    }

    @Test
    void whateverElseFailsAtTheEndIsForTheExceptionHandlerOfTheConsumer() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.status(400));
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("failed"), "no folder");
        drop("photo.jpg", "/samples/images/coffee.jpg");
        Handler handler = new Handler();

        try (DefaultCamelContext context = context(handledBy(handler))) {
            await().atMost(20, SECONDS).until(() -> !handler.handled.isEmpty());
        }
    }

    private RouteBuilder handledBy(Handler handler) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                bindToRegistry("handler", handler);
                from("file:" + folder.resolve("inbox")
                                + "?moveFailed=../failed/${file:name}&onCompletionExceptionHandler=#handler")
                        .to("dewatermark:erase?baseUrl=" + sandbox.baseUrl() + "&apiKey=" + sandbox.apiKey());
            }
        };
    }

    private static final class Handler implements ExceptionHandler {
        private final List<String> handled = new CopyOnWriteArrayList<>();

        @Override
        public void handleException(Throwable exception) {
            handleException(null, null, exception);
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handleException(message, null, exception);
        }

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            handled.add(message + ": " + exception);
        }
    }

    @Test
    void aClipThatFailsWithoutAStopIsMovedWhereTheConsumerSays() throws Exception {
        sandbox.faults().on(Call.SUBMIT).inject(Fault.status(403));
        drop("clip.mp4", "/samples/video/rocket-pan.mp4");
        try (DefaultCamelContext context = context(journaledRoute("?moveFailed=../failed/${file:name.noext}.bad"))) {
            await().atMost(20, SECONDS).until(() -> files("inbox").isEmpty());
        }

        assertThat(files("failed")).containsExactly("clip.bad");
    }

    private RouteBuilder journaledRoute(String consumerOptions) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder.resolve("inbox") + consumerOptions)
                        .routeId("clips")
                        .to(video("&journalDirectory=" + folder.resolve("journal")))
                        .to("file:" + folder.resolve("outbox"));
            }
        };
    }

    private boolean isBeingSent() throws IOException {
        return JournalFiles.states(folder.resolve("journal")).contains(State.SENDING);
    }

    private RouteBuilder pictures(String baseUrl) {
        return pictures(baseUrl, "");
    }

    private RouteBuilder pictures(String baseUrl, String options) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder.resolve("inbox") + "?moveFailed=../failed")
                        .to("dewatermark:erase?baseUrl=" + baseUrl + "&apiKey=" + sandbox.apiKey() + options);
            }
        };
    }

    private String video(String options) {
        return "dewatermark:video?pollInterval=50&maxPollInterval=100&baseUrl=" + sandbox.baseUrl() + "&apiKey="
                + sandbox.apiKey() + options;
    }

    private static DefaultCamelContext context(RouteBuilder route) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeUnit(MILLISECONDS);
        context.getShutdownStrategy().setTimeout(100);
        context.addRoutes(route);
        context.start();
        return context;
    }

    private void drop(String name, String resource) throws IOException {
        Files.write(Files.createDirectories(folder.resolve("inbox")).resolve(name), Samples.bytes(resource));
    }

    /** Files only: the consumer keeps folders of its own in the inbox. */
    private List<String> files(String name) throws IOException {
        if (!Files.exists(folder.resolve(name))) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(folder.resolve(name))) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(file -> !file.equals(".lock")) // of the journal
                    .toList();
        }
    }
}
