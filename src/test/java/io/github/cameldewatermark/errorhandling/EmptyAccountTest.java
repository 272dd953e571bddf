package io.github.cameldewatermark.errorhandling;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.cameldewatermark.AccountRoutePolicy;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestFiles;
import io.github.cameldewatermark.testkit.TestPictures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** An account that runs dry while a folder is cleaned. */
@Timeout(120)
class EmptyAccountTest {

    private static final int FILES = 50;
    private static final int CREDITS = 20;

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"402, 1, ?", "403, 1, ?", "429, 1, ?", "403, 3, ?pro=true"})
    void noCallWaitsAndTheOtherFilesStayUntilThereAreCredits(int status, int price, String options) throws Exception {
        for (int i = 0; i < FILES; i++) {
            TestFiles.drop(folder.resolve("inbox/" + i + ".jpg"), TestPictures.jpeg(64, 48, i));
        }
        try (Sandbox sandbox = Sandbox.builder()
                        .apiKey("mine", CREDITS)
                        .apiKey("others", FILES)
                        .noCreditStatus(status)
                        .pictureEngine(new WhiteningPictures())
                        .start();
                TestContext context = TestContext.at(sandbox)) {
            AccountRoutePolicy policy = new AccountRoutePolicy();
            policy.setPeriod(500);
            context.options().setJournalDirectory(folder.resolve("journal").toString());
            context.start(routes -> {
                routes.from("file:" + folder.resolve("inbox") + "?initialDelay=0&delay=100&moveFailed=../failed")
                        .routeId("pictures")
                        .routePolicy(policy)
                        .to("dewatermark:erase" + options)
                        .to("file:" + folder.resolve("outbox"));
                routes.from("direct:others").to("dewatermark:erase?apiKey=others");
            });
            await().atMost(60, SECONDS).until(() -> AccountRoutePolicy.suspended(context.camel()) != null);
            await().atMost(60, SECONDS).until(() -> files("outbox") == CREDITS / price);
            await().during(Duration.ofSeconds(1)).until(() -> files("inbox") == FILES - CREDITS / price);

            assertThat(context.sendTo("direct:others", TestPictures.jpeg(), java.util.Map.of())
                            .getException())
                    .isNull();
            assertThat(context.component().getRateLimitWaits()).isZero();
            assertThat(files("failed")).isZero();
            assertThat(sandbox.ledger()).hasSize(CREDITS / price + 1);
            assertThat(Files.readString(folder.resolve("journal/ledger.csv")).lines())
                    .filteredOn(line -> line.contains(",YES,"))
                    .hasSize(CREDITS / price + 1);

            sandbox.grant(FILES * price);

            await().atMost(60, SECONDS).until(() -> files("outbox") == FILES);
            assertThat(sandbox.ledger()).hasSize(FILES + 1);
            assertThat(files("failed")).isZero();
        }
    }

    private int files(String name) throws Exception {
        return TestFiles.names(folder.resolve(name)).size();
    }
}
