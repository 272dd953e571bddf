package io.github.cameldewatermark;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says what a stop by force leaves unsaid. From then on Camel refuses what a route does next: no rule for failures is
 * followed, and nobody logs what an exchange ended with, or that the result which it had was paid for. An exchange that waits
 * for its redelivery without a thread doesn't end at all.
 */
final class UnsaidFailures implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UnsaidFailures.class);

    private final Map<Exchange, Watch> open = new ConcurrentHashMap<>();

    /** For an exchange that something was done for. */
    void watch(Exchange exchange) {
        if (!open.containsKey(exchange)) {
            Watch watch = new Watch(exchange);
            exchange.getExchangeExtension().addOnCompletion(watch);
            if (exchange.getUnitOfWork() != null) { // else nobody may ever say that it is done
                open.put(exchange, watch);
            }
        }
    }

    /** When nothing can end any more. */
    @Override
    public void close() {
        open.keySet().forEach(exchange -> {
            Billed billed = Payments.billed(exchange);
            if (billed != Billed.NO) {
                LOG.warn(
                        "{} is left in the middle of its route by a stop by force, billed {}: it will be paid for again if it"
                                + " is sent again (its last failure was {})",
                        name(exchange),
                        billed,
                        String.valueOf(exchange.getProperty(Exchange.EXCEPTION_CAUGHT)));
            }
        });
        open.clear();
    }

    private static void end(Exchange exchange) {
        if (!exchange.getContext().getShutdownStrategy().isForceShutdown()
                || InterruptedFiles.isInterrupted(exchange)) {
            return;
        }
        Exception cause = exchange.getException();
        Billed earlier = Payments.billed(exchange);
        if (cause instanceof DewatermarkException e && (e.billed() != Billed.NO || earlier == Billed.NO)) {
            say(exchange, e.billed(), e.getMessage());
        } else if (earlier != Billed.NO) { // by a step before the one that was caught, which itself cost nothing
            say(exchange, earlier, "its result was not delivered (" + cause + ")");
        }
    }

    private static void say(Exchange exchange, Billed billed, String problem) {
        LOG.warn("{} failed in a stop by force, billed {}: {}", name(exchange), billed, problem);
    }

    private static String name(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.FILE_NAME, exchange.getExchangeId(), String.class);
    }

    private final class Watch extends SynchronizationAdapter {
        private volatile Exchange exchange;

        Watch(Exchange exchange) {
            this.exchange = exchange;
        }

        /** To a queue, for example. */
        @Override
        public void beforeHandover(Exchange target) {
            open.remove(exchange);
            exchange = target;
            open.put(target, this);
        }

        @Override
        public void onFailure(Exchange failed) {
            end(failed);
            onDone(failed);
        }

        @Override
        public void onDone(Exchange done) {
            open.remove(exchange);
        }
    }
}
