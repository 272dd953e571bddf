package io.github.cameldewatermark.errorhandling;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkRateLimitException;
import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestContext;
import io.github.cameldewatermark.testkit.TestPictures;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failover load balancer must not pay twice. */
class FailoverTest {

    @AutoClose
    private final Sandbox sandbox =
            Sandbox.builder().pictureEngine(new WhiteningPictures()).start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void withAJournalTheSecondEndpointFailsForNothing(@TempDir Path folder) throws Exception {
        context.options().setJournalDirectory(folder.toString());
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
        context.start(routes -> routes.from("direct:in")
                .loadBalance()
                .failover()
                .to("dewatermark:erase?predictMode=3.0", "dewatermark:erase"));

        assertUnclearAndSentOnce(context.send(TestPictures.jpeg()));
    }

    @Test
    void afterFailuresThatAreNeverChargedTheSecondEndpointIsTried() throws Exception {
        context.start(routes -> routes.from("direct:in")
                .loadBalance()
                .failover(DewatermarkAuthenticationException.class, DewatermarkRateLimitException.class)
                .to("dewatermark:erase?predictMode=3.0", "dewatermark:erase"));
        sandbox.faults().on(Call.ERASE).inject(Fault.status(401));
        assertThat(context.send(TestPictures.jpeg()).getException()).isNull();
        assertThat(sandbox.ledger()).hasSize(1);
        sandbox.requests().clear();
        sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());

        assertUnclearAndSentOnce(context.send(TestPictures.jpeg()));
    }

    private void assertUnclearAndSentOnce(Exchange exchange) {
        assertThat(TestContext.failure(exchange, DewatermarkException.class).billed())
                .isEqualTo(Billed.UNKNOWN);
        assertThat(sandbox.requests().count(Call.ERASE)).isEqualTo(1);
    }
}
