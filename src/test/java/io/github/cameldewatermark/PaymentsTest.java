package io.github.cameldewatermark;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.model.RouteDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stop by force catches a file in a free step after something was paid for it, in whatever way: it must not stay where
 * the next start would find it, and pay again.
 */
@Timeout(60)
class PaymentsTest {

    @TempDir
    private Path folder;

    private final LogLines log = LogLines.infos();

    private Sandbox sandbox;

    /** Calls other than the first of a picture or the submit of a clip are held back until the stop. */
    @BeforeEach
    void setUp() throws Exception {
        sandbox = Samples.sandboxThatKeepsClips(Duration.ofMinutes(1));
        sandbox.faults().on(Call.CREDIT).always().inject(Fault.status(429).retryAfter("30"));
        Files.createDirectory(folder.resolve("inbox"));
    }

    @AfterEach
    void tearDown() {
        sandbox.close();
        log.close();
    }

    @Test
    void aClipThatWasSubmittedWithoutWaiting() throws Exception {
        drop("/samples/video/rocket-pan.mp4");

        stopAtCredit(route -> route.to("dewatermark:video?waitForCompletion=false"));

        assertFailed();
    }

    @Test
    void aPartOfASplit() throws Exception {
        drop("/samples/images/coffee.jpg");

        stopAtCredit(route -> route.split().body().to("dewatermark:erase").end());

        assertFailed();
    }

    @Test
    void aPartOfAPart() throws Exception {
        drop("/samples/images/coffee.jpg");

        stopAtCredit(route ->
                route.split().body().multicast().to("dewatermark:erase").end().end());

        assertFailed();
    }

    @Test
    void anEnrichmentOfWhichOnlyTheBodyIsTaken() throws Exception {
        drop("/samples/images/coffee.jpg");

        stopAtCredit(route -> route.enrich("dewatermark:erase", (file, clean) -> {
            file.getMessage().setBody(clean.getMessage().getBody());
            return file;
        }));

        assertFailed();
    }

    @Test
    void anotherPartOfAMulticast() throws Exception {
        drop("/samples/images/coffee.jpg");

        stopAtCredit(route -> route.multicast().to("dewatermark:erase", "dewatermark:credit"));

        assertFailed();
    }

    @Test
    void whatMayHaveBeenChargedWhereTheRouteGoesOn() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        drop("/samples/images/coffee.jpg");

        stopAtCredit(route ->
                route.doTry().to("dewatermark:erase").doCatch(Exception.class).end());

        assertFailed();
    }

    @Test
    void isLoggedThoughTheStepThatWasCaughtCostNothing() throws Exception {
        drop("/samples/images/coffee.jpg");

        stopAtCredit(route -> route.to("dewatermark:erase"));

        assertFailed();
        assertLogged("YES");
    }

    @Test
    void isLoggedAsNotKnownWhereItIsNot() throws Exception {
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        drop("/samples/images/coffee.jpg");

        stopAtCredit(route ->
                route.doTry().to("dewatermark:erase").doCatch(Exception.class).end());

        assertLogged("UNKNOWN");
    }

    private void assertLogged(String billed) {
        assertThat(log.messages())
                .filteredOn(line -> line.startsWith("file failed in a stop by force, billed "))
                .singleElement()
                .asString()
                .contains("billed " + billed + ": ");
    }

    @FunctionalInterface
    private interface Steps {
        void of(RouteDefinition route);
    }

    private void stopAtCredit(Steps steps) throws Exception {
        try (TestContext context = TestContext.at(sandbox)) {
            context.camel().getShutdownStrategy().setTimeout(1);
            context.start(new RouteBuilder() {
                @Override
                public void configure() {
                    RouteDefinition route = from("file:" + folder.resolve("inbox") + "?moveFailed=../failed");
                    steps.of(route);
                    route.to("dewatermark:credit");
                }
            });
            await().atMost(20, SECONDS).until(() -> sandbox.requests().count(Call.CREDIT) == 1);
        }
    }

    private void drop(String resource) throws Exception {
        Files.write(folder.resolve("inbox/file"), Samples.bytes(resource));
    }

    private void assertFailed() {
        assertThat(sandbox.ledger()).hasSize(1);
        assertThat(folder.resolve("inbox/file")).doesNotExist();
        assertThat(folder.resolve("failed/file")).exists();
    }
}
