package io.github.cameldewatermark.runtime;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.client.FakeServer;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.journal.JournalFiles;
import io.github.cameldewatermark.journal.State;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.PictureSamples;
import io.github.cameldewatermark.testkit.TestClips;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import io.github.cameldewatermark.testkit.Thorough;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.FileEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.impl.engine.DefaultShutdownStrategy;
import org.apache.camel.model.RouteDefinition;
import org.apache.camel.spi.ExceptionHandler;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A stop that doesn't wait for the end of what is under way, and a file consumer that moves failed files away. */
@Timeout(60)
class InterruptedFilesTest {

    /** Of a picture that takes a while to be converted, in pixels. */
    private static final int SIDE = Thorough.of(7000, 3000);

    private static final String MOVE_FAILED = "?moveFailed=../failed";

    @TempDir
    private Path folder;

    @AutoClose
    private final Sandbox sandbox = TestClips.sandboxThatKeepsClips(Duration.ofSeconds(4));

    // each context has components of its own, so the options are in the URIs
    private final String account = "baseUrl=" + sandbox.baseUrl() + "&apiKey=" + sandbox.apiKey();
    private final String erase = "dewatermark:erase?" + account;
    private final String video = "dewatermark:video?pollInterval=50&maxPollInterval=100&" + account;

    @Test
    void aClipWhosePaidTaskIsInTheJournalStaysAndIsResumedByTheNextContext() throws Exception {
        dropClip();
        LambdaRouteBuilder route = clips("?moveFailed=../failed&readLock=markerFile");
        try (DefaultCamelContext context = context(route)) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.SUBMIT) == 1);
            context.stop();
            assertThat(context.getInflightRepository().size()).isZero();
        }
        assertStays("clip.mp4"); // without a lock file, either
        assertThat(JournalFiles.states(folder.resolve("journal"))).containsExactly(State.SUBMITTED);

        try (DefaultCamelContext context = context(route)) {
            await().atMost(20, SECONDS).until(() -> !files("outbox").isEmpty());
            await().atMost(20, SECONDS).until(() -> files("inbox").isEmpty());
        }
        assertThat(files("outbox")).containsExactly("clip.mp4");
        assertThat(files("inbox")).isEmpty();
        assertThat(sandbox.requests().count(Call.UPLOAD)).isEqualTo(1);
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
    }

    @Test
    void aPaidClipInADoTryStaysToo() throws Exception {
        dropClip();

        stopAfter(Call.SUBMIT, routes -> routes.from(inbox(MOVE_FAILED))
                .doTry()
                .to(video + journal())
                .doCatch(Exception.class)
                .to("mock:caught")
                .end()
                .to(folder("outbox")));

        assertStays("clip.mp4");
    }

    @Test
    void aPictureInADoTryStaysToo() throws Exception {
        everyPictureHasToWait(0);
        dropPicture();

        stopAfter(Call.ERASE, routes -> routes.from(inbox(MOVE_FAILED))
                .doTry()
                .to(erase)
                .doFinally()
                .to("mock:finally")
                .end());

        assertStays("photo.jpg");
    }

    /** Its producer is stopped, as there is room for one, but not its route. */
    @Test
    void whatADoTryCatchesIsCaughtAndSaid() throws Exception {
        dropClip();
        try (LogLines log = LogLines.infos();
                DefaultCamelContext context = context(routes -> routes.from(inbox(MOVE_FAILED))
                        .setHeader("step", routes.constant(video + journal()))
                        .choice()
                        .when(routes.simple("${file:name.ext} == 'jpg'"))
                        .setHeader("step", routes.constant(erase))
                        .end()
                        .doTry()
                        .toD("${header.step}", 1)
                        .doCatch(Exception.class)
                        .to("mock:caught")
                        .end()
                        .to(folder("outbox")))) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.SUBMIT) == 1);
            dropPicture();

            await().atMost(20, SECONDS).until(() -> files("outbox").contains("clip.mp4"));
            assertThat(log.messages())
                    .filteredOn(line -> line.startsWith("clip.mp4 failed when its route was stopped, billed YES: "))
                    .hasSize(1);
        }
    }

    @Test
    void aContextThatIsStartedAgainResumesItsClips() throws Exception {
        dropClip();
        try (DefaultCamelContext context = context(clips(MOVE_FAILED))) {
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
        dropClip();
        try (DefaultCamelContext context = context(clips(MOVE_FAILED))) {
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.SUBMIT) == 1);

            context.getRouteController().stopRoute("clips", 100, MILLISECONDS);
            await().atMost(20, SECONDS)
                    .until(() -> context.getInflightRepository().size() == 0);
            assertStays("clip.mp4");
            context.getRouteController().startRoute("clips");

            await().atMost(20, SECONDS).until(() -> !files("outbox").isEmpty());
        }
        assertThat(sandbox.requests().count(Call.SUBMIT)).isEqualTo(1);
    }

    @Test
    void noErrorHandlerOfTheRouteTouchesAnInterruptedClip() throws Exception {
        dropClip();

        stopAfter(Call.SUBMIT, routes -> {
            routes.onException(Exception.class)
                    .maximumRedeliveries(3)
                    .redeliveryDelay(10_000)
                    .handled(true)
                    .to(folder("dead"));
            routes.from(inbox(MOVE_FAILED)).to(video + journal());
        });

        assertStays("clip.mp4");
        assertThat(files("dead")).isEmpty();
    }

    @Test
    void aClipWhosePaidTaskNoJournalRemembersGoesToTheFailedOnes() throws Exception {
        dropClip();

        stopAfter(Call.SUBMIT, routes -> routes.from(inbox(MOVE_FAILED)).to(video));

        assertFailed("clip.mp4");
    }

    @Test
    void aPictureThatWaitsForItsTurnStaysAndCostsNothing() throws Exception {
        everyPictureHasToWait(0);
        dropPicture();

        stopAfter(Call.ERASE, routes -> routes.from(inbox(MOVE_FAILED)).to(erase));

        assertStays("photo.jpg");
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void aFileThatAStepPollsStaysAsTheOneOfItsExchange() throws Exception {
        everyPictureHasToWait(0);
        dropPicture();
        TestFiles.drop(folder.resolve("masks/mask.png"), new byte[] {1});

        stopAfter(Call.ERASE, routes -> routes.from(inbox(MOVE_FAILED))
                .pollEnrich()
                .constant(folder("masks") + MOVE_FAILED)
                .timeout(1000)
                .variableReceive("mask")
                .to(erase));

        assertStays("photo.jpg");
        assertThat(files("masks")).containsExactly("mask.png");
    }

    @ParameterizedTest
    @ValueSource(strings = {"toD", "recipientList", "routingSlip"})
    void aPictureWhoseStepIsFoundWhileTheRouteRunsStaysToo(String step) throws Exception {
        everyPictureHasToWait(0);
        dropPicture();
        String erase =
                "dewatermark:erase?baseUrl=" + sandbox.baseUrl() + "&apiKey=#bean:key"; // as Camel logs such URIs

        stopAfter(Call.ERASE, routes -> {
            routes.getContext().getRegistry().bind("key", sandbox.apiKey());
            RouteDefinition pictures = routes.from(inbox(MOVE_FAILED));
            switch (step) {
                case "toD" ->
                    pictures.setHeader("text", routes.constant(true)).toD(erase + "&removeText=${header.text}");
                case "recipientList" -> pictures.recipientList(routes.constant(erase));
                case "routingSlip" -> pictures.routingSlip(routes.constant(erase));
                default -> throw new IllegalArgumentException(step);
            }
        });

        assertStays("photo.jpg");
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void aPictureWhoseStepIsInAnotherRouteAndOfAComponentOfAnotherNameStaysToo() throws Exception {
        everyPictureHasToWait(0);
        dropPicture();

        stopAfter(Call.ERASE, routes -> {
            routes.getContext().addComponent("cleaner", new DewatermarkComponent());
            routes.from(inbox(MOVE_FAILED)).to("direct:clean");
            routes.from("direct:clean").to("cleaner:erase?" + account);
        });

        assertStays("photo.jpg");
    }

    @Test
    void aRouteThatLeadsToNoStepOfTheComponentKeepsItsEndpointAsItIs() throws Exception {
        String inbox = inbox(MOVE_FAILED);
        String other = folder("other") + MOVE_FAILED;
        try (DefaultCamelContext context = context(routes -> {
            routes.from(inbox).to(erase);
            routes.from(other).choice().when(routes.body().isNotNull()).to(folder("outbox"));
        })) {
            assertThat(context.getEndpoint(inbox, FileEndpoint.class).getOnCompletionExceptionHandler())
                    .isNotNull();
            FileEndpoint untouched = context.getEndpoint(other, FileEndpoint.class);
            assertThat(untouched.getOnCompletionExceptionHandler()).isNull();
            assertThat(untouched.getMoveFailed().getClass().getName()).doesNotContain("dewatermark");
        }
    }

    /** Or wait to be converted: each takes a while, and there are more than the machine has processors. */
    @Test
    void picturesThatAreBeingConvertedStay() throws Exception {
        everyPictureHasToWait(0);
        byte[] png = PictureSamples.bomb(SIDE, SIDE);
        int pictures = Runtime.getRuntime().availableProcessors() + 2;
        for (int i = 0; i < pictures; i++) {
            TestFiles.drop(folder.resolve("inbox/" + i + ".png"), png);
        }
        try (DefaultCamelContext context =
                context(routes -> routes.from(inbox(MOVE_FAILED)).to(erase))) {
            await().atMost(20, SECONDS)
                    .until(() -> context.getInflightRepository().size() == pictures);
            context.stop();
            // a conversion that runs goes on to its end
            await().atMost(100, SECONDS)
                    .until(() -> context.getInflightRepository().size() == 0);
        }

        assertThat(files("inbox")).hasSize(pictures);
        assertThat(files("failed")).isEmpty();
        assertThat(sandbox.ledger()).isEmpty();
    }

    @Test
    void aPictureWhoseFirstStepIsPaidStaysWithAJournalAndIsNotPaidAgain() throws Exception {
        everyPictureHasToWait(1);
        dropPicture();
        LambdaRouteBuilder twice = routes -> routes.from(inbox(MOVE_FAILED))
                .to(erase + journal())
                .removeHeaders("CamelDewatermark*")
                .to(erase + journal())
                .to(folder("outbox"));
        stopAfter(2, Call.ERASE, twice);
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
        everyPictureHasToWait(1);
        dropPicture();

        stopAfter(2, Call.ERASE, routes -> routes.from(inbox(MOVE_FAILED))
                .to(erase)
                .to(erase));

        assertFailed("photo.jpg");
    }

    @Test
    void aPictureThatMayHaveBeenChargedGoesToTheFailedOnesAndIsLogged() throws Exception {
        dropPicture();
        try (LogLines log = LogLines.infos();
                FakeServer server = new FakeServer(FakeServer.silence())) {
            try (DefaultCamelContext context = context(silent(server))) {
                await().atMost(20, SECONDS)
                        .until(() -> server.requests().stream().anyMatch(request -> request.startsWith("POST")));
                context.stop();
            }
            // as no error handler runs in a stop by force
            assertThat(log.messages())
                    .filteredOn(
                            line -> line.startsWith("photo.jpg failed when its route was stopped, billed UNKNOWN: "))
                    .hasSize(1);
        }
        assertFailed("photo.jpg");
    }

    private LambdaRouteBuilder silent(FakeServer server) {
        return routes -> routes.from(inbox(MOVE_FAILED)).to("dewatermark:erase?apiKey=any&baseUrl=" + server.url());
    }

    @Test
    void withAJournalAPictureThatMayHaveBeenChargedStaysAndTheNextContextDoesNotSendItAgain() throws Exception {
        sandbox.faults().on(Call.ERASE).always().inject(Fault.delay(Duration.ofSeconds(4)));
        dropPicture();
        LambdaRouteBuilder route = routes -> routes.from(inbox(MOVE_FAILED)).to(erase + journal());
        try (DefaultCamelContext context = context(route)) {
            await().atMost(20, SECONDS)
                    .until(() -> JournalFiles.states(folder.resolve("journal")).contains(State.SENDING));
            context.stop();
        }
        assertThat(files("inbox")).containsExactly("photo.jpg");

        try (DefaultCamelContext context = context(route)) {
            await().atMost(20, SECONDS).until(() -> files("failed").equals(List.of("photo.jpg")));
        }
        assertThat(sandbox.requests().count(Call.ERASE)).isLessThanOrEqualTo(1);
    }

    @Test
    void whatStaysIsSaidInOneLineAndIsNothingForTheExceptionHandlerOfTheConsumer() throws Exception {
        everyPictureHasToWait(0);
        dropPicture();
        Handler handler = new Handler();
        try (LogLines log = LogLines.infos()) {
            stopAfter(Call.ERASE, handledBy(handler));
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
        Files.writeString(folder.resolve("failed"), "no folder");
        dropPicture();
        Handler handler = new Handler();

        try (DefaultCamelContext context = context(handledBy(handler))) {
            await().atMost(20, SECONDS).until(() -> !handler.handled.isEmpty());
        }
    }

    private LambdaRouteBuilder handledBy(Handler handler) {
        return routes -> {
            routes.bindToRegistry("handler", handler);
            routes.from(inbox("?moveFailed=../failed/${file:name}&onCompletionExceptionHandler=#handler"))
                    .to(erase);
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
        dropClip();
        try (DefaultCamelContext context = context(clips("?moveFailed=../failed/${file:name.noext}.bad"))) {
            await().atMost(20, SECONDS).until(() -> files("inbox").isEmpty());
        }

        assertThat(files("failed")).containsExactly("clip.bad");
    }

    /** A route with a journal. */
    private LambdaRouteBuilder clips(String consumerOptions) {
        return routes -> routes.from(inbox(consumerOptions))
                .routeId("clips")
                .to(video + journal())
                .to(folder("outbox"));
    }

    private String inbox(String options) {
        return folder("inbox") + options + "&initialDelay=0&delay=100";
    }

    private String folder(String name) {
        return "file:" + folder.resolve(name);
    }

    private String journal() {
        return "&journalDirectory=" + folder.resolve("journal");
    }

    /** All but the first ones. */
    private void everyPictureHasToWait(int first) {
        sandbox.faults()
                .on(Call.ERASE)
                .after(first)
                .always()
                .inject(Fault.status(429).retryAfter("30"));
    }

    /** Runs the routes until such a call has been answered, and stops them by force. */
    private void stopAfter(Call call, LambdaRouteBuilder routes) throws Exception {
        stopAfter(1, call, routes);
    }

    private void stopAfter(int calls, Call call, LambdaRouteBuilder routes) throws Exception {
        try (DefaultCamelContext context = context(routes)) {
            await().atMost(20, SECONDS).until(() -> answers(context, call) >= calls);
            context.stop();
        }
    }

    private static long answers(CamelContext context, Call call) {
        ApiCall answered = call == Call.ERASE ? ApiCall.ERASE : ApiCall.VIDEO_SUBMIT;
        return context.getComponentNames().stream()
                .map(context::hasComponent)
                .filter(DewatermarkComponent.class::isInstance)
                .mapToLong(component ->
                        ((DewatermarkComponent) component).activity().calls().calls(answered))
                .sum();
    }

    private static DefaultCamelContext context(LambdaRouteBuilder routes) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.getShutdownStrategy().setTimeUnit(MILLISECONDS);
        context.getShutdownStrategy().setTimeout(100);
        RouteBuilder.addRoutes(context, routes);
        context.start();
        return context;
    }

    private void dropClip() throws IOException {
        TestFiles.drop(folder.resolve("inbox/clip.mp4"), TestPictures.resource("/samples/video/rocket-pan.mp4"));
    }

    private void dropPicture() throws IOException {
        TestFiles.drop(folder.resolve("inbox/photo.jpg"), TestPictures.jpeg());
    }

    private List<String> files(String name) throws IOException {
        return TestFiles.names(folder.resolve(name));
    }

    private void assertStays(String name) throws IOException {
        assertThat(files("inbox")).containsExactly(name);
        assertThat(files("failed")).isEmpty();
    }

    private void assertFailed(String name) throws IOException {
        assertThat(files("failed")).containsExactly(name);
        assertThat(files("inbox")).isEmpty();
    }
}
