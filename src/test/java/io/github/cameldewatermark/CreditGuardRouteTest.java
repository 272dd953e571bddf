package io.github.cameldewatermark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.camel.SuspendableService;
import org.apache.camel.builder.RouteBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The example of the reference: a route that waits for credits. */
@Timeout(60)
class CreditGuardRouteTest {

    @TempDir
    private Path folder;

    @Test
    void aFileThatIsRefusedForWantOfCreditsStaysAndIsCleanedWhenTheRouteIsResumed() throws Exception {
        try (Sandbox sandbox = Sandbox.start();
                TestContext context = TestContext.at(sandbox)) {
            sandbox.faults().on(Call.CREDIT).inject(credits(3));
            Files.write(Files.createDirectories(folder.resolve("inbox")).resolve("photo.jpg"), TestPictures.jpeg());
            context.start(route());
            SuspendableService consumer =
                    (SuspendableService) context.camel().getRoute("pictures").getConsumer();

            await().atMost(Duration.ofSeconds(20))
                    .until(() -> consumer.isSuspended()
                            && context.camel().getInflightRepository().size() == 0);
            assertThat(folder.resolve("inbox/photo.jpg")).exists();
            assertThat(folder.resolve("failed")).doesNotExist();

            context.sendTo("dewatermark:credit", null, Map.of()); // there are 1000 now
            consumer.resume();

            await().atMost(Duration.ofSeconds(20)).until(() -> Files.exists(folder.resolve("done/photo.jpg")));
            assertThat(folder.resolve("clean/photo.jpg")).isNotEmptyFile();
            assertThat(folder.resolve("failed")).doesNotExist();
            assertThat(sandbox.requests().count(Call.ERASE)).isOne();
        }
    }

    private RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                // tag::credit-guard[]
                onException(DewatermarkCreditException.class)
                        .setProperty("CamelDewatermarkStays", constant(true))
                        .setBody(simple("${camelContext.getRoute(${fromRouteId}).getConsumer().suspend()}"));
                // end::credit-guard[]

                from("file:" + folder.resolve("inbox") + "?move=../done&moveFailed=../failed&initialDelay=0")
                        .routeId("pictures")
                        .to("dewatermark:erase?minimumCredit=5")
                        .to("file:" + folder.resolve("clean"));
            }
        };
    }

    private static Fault credits(int available) {
        return Fault.status(200).body("application/json", "{\"data\": {\"available_credit\": " + available + "}}");
    }
}
