package io.github.cameldewatermark.kamelet;

import static io.github.cameldewatermark.DewatermarkConstants.CREDITS_CHARGED;
import static io.github.cameldewatermark.DewatermarkConstants.TASK_ID;
import static io.github.cameldewatermark.testkit.TestContext.failure;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.testkit.NoSecretsLogged;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPdfs;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The Kamelet dewatermark-pdf-action in pipes. */
@Timeout(60)
@ExtendWith(NoSecretsLogged.class)
class PdfActionTest {

    private static final String ACTION = "dewatermark-pdf-action";
    private static final byte[] PDF = TestPdfs.pages(12);

    @AutoClose
    private final TestContext context = TestContext.unconfigured();

    @AutoClose
    private final Sandbox sandbox =
            Sandbox.builder().taskDuration(Duration.ofMillis(500)).start();

    @Test
    void aPdfIsCleaned(@TempDir Path folder) throws Exception {
        Path journal = folder.resolve("journal");

        Exchange exchange = send("journalDirectory", journal.toString());

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getHeader(CREDITS_CHARGED)).isEqualTo(BigDecimal.valueOf(2));
        assertThat(sandbox.balance()).isEqualByComparingTo("998");
        assertThat(journal.resolve("ledger.csv")).content().contains(",pdf,");
    }

    @Test
    void withoutWaitingItGoesOnWithTheIdOfItsTask() throws Exception {
        Exchange exchange = send("waitForCompletion", "false");

        assertThat(exchange.getMessage().getBody()).isSameAs(PDF);
        assertThat(exchange.getMessage().getHeader(TASK_ID)).isNotNull();
    }

    @Test
    void waitsNoLongerThanItsTaskTimeout() throws Exception {
        assertThat(failure(send("taskTimeout", "100ms"), DewatermarkTaskException.class))
                .hasMessageContaining("taskTimeout");
    }

    @Test
    void itsOwnKeyBeatsThatOfTheComponent() throws Exception {
        failure(send("apiKey", "kamelet-key"), DewatermarkAuthenticationException.class);
    }

    @Test
    void sendsNothingBelowItsMinimumCredit() throws Exception {
        failure(send("minimumCredit", "1000.5"), DewatermarkCreditException.class);

        assertThat(sandbox.tasks()).isEmpty();
    }

    private Exchange send(String property, String value) throws Exception {
        context.options().setApiKey(sandbox.apiKey());
        Map<String, String> properties = new HashMap<>(Map.of("baseUrl", sandbox.baseUrl()));
        properties.put(property, value);
        Pipe.through("clean", ACTION, properties).addTo(context.camel());
        context.camel().start();
        return context.sendTo("direct:clean", PDF, Map.of());
    }
}
