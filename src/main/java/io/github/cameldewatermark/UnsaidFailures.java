package io.github.cameldewatermark;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a stop by force leaves unsaid. From then on Camel refuses what a route does next: no rule for failures is
 * followed, and nobody logs what an exchange ended with, or that the result which it had was paid for.
 */
final class UnsaidFailures extends SynchronizationAdapter {

    private static final Logger LOG = LoggerFactory.getLogger(UnsaidFailures.class);
    private static final UnsaidFailures INSTANCE = new UnsaidFailures();

    private UnsaidFailures() {}

    /** For an exchange that something was done for. */
    static void watch(Exchange exchange) {
        if (!exchange.getExchangeExtension().containsOnCompletion(INSTANCE)) {
            exchange.getExchangeExtension().addOnCompletion(INSTANCE);
        }
    }

    @Override
    public void onFailure(Exchange exchange) {
        if (!exchange.getContext().getShutdownStrategy().isForceShutdown()
                || InterruptedFiles.isInterrupted(exchange)) {
            return;
        }
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, exchange.getExchangeId(), String.class);
        Exception cause = exchange.getException();
        Billed earlier = Payments.billed(exchange);
        if (cause instanceof DewatermarkException e && (e.billed() != Billed.NO || earlier == Billed.NO)) {
            say(name, e.billed(), e.getMessage());
        } else if (earlier != Billed.NO) { // by a step before the one that was caught, which itself cost nothing
            say(name, earlier, "its result was not delivered (" + cause + ")");
        }
    }

    private static void say(String name, Billed billed, String problem) {
        LOG.warn("{} failed in a stop by force, billed {}: {}", name, billed, problem);
    }
}
