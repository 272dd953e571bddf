package io.github.cameldewatermark;

import static io.github.cameldewatermark.testkit.TestPictures.jpeg;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.WhiteningPictures;
import io.github.cameldewatermark.sandbox.http.LoggedRequest;
import io.github.cameldewatermark.sandbox.platform.Call;
import io.github.cameldewatermark.testkit.TestContext;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;

/** Many exchanges at once on a platform that takes only so many calls a second, over real connections. */
class RateLimitTest {

    private static final int EXCHANGES = 500;
    private static final int PER_SECOND = 60;

    @AutoClose
    private final Sandbox sandbox = Sandbox.builder()
            .rateLimit(PER_SECOND)
            .pictureEngine(new WhiteningPictures())
            .start();

    @AutoClose
    private final TestContext context = TestContext.at(sandbox);

    @Test
    void allGetThroughAndFewCallsAreRefusedAndNoThreadWaits() throws Exception {
        context.start("dewatermark:erase");
        AsyncProducer erase = context.camel().getEndpoint("dewatermark:erase").createAsyncProducer();
        erase.start();

        List<CompletableFuture<Exchange>> ends = new ArrayList<>();
        for (int i = 0; i < EXCHANGES; i++) {
            ends.add(erase(erase));
        }
        ends.get(EXCHANGES / 2).get(60, TimeUnit.SECONDS);
        long threads = Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().endsWith("Dewatermark"))
                .count();

        for (CompletableFuture<Exchange> end : ends) {
            assertThat(end.get(60, TimeUnit.SECONDS).getException()).isNull();
        }
        // those that call, and those whose route goes on
        assertThat(threads).isLessThanOrEqualTo(3L * context.component().getMaxConcurrentRequests());
        List<LoggedRequest> calls = sandbox.requests().of(Call.ERASE);
        long refused = calls.stream().filter(call -> call.status() == 429).count();
        assertThat(refused).isEqualTo(calls.size() - EXCHANGES).isPositive();
        assertThat(100.0 * refused / calls.size()).isLessThan(5);
        assertThat(sandbox.ledger()).hasSize(EXCHANGES);
    }

    private CompletableFuture<Exchange> erase(AsyncProducer erase) {
        Exchange exchange = new DefaultExchange(context.camel());
        exchange.getMessage().setBody(jpeg());
        CompletableFuture<Exchange> end = new CompletableFuture<>();
        erase.process(exchange, sync -> end.complete(exchange));
        return end;
    }
}
