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
 * Logs the failures that a forced shutdown hides. During a forced shutdown Camel rejects every further step of a route: error
 * handlers don't run, and nothing is logged about how an exchange ended or that its result had been paid for. An exchange that
 * waits for a redelivery without a thread isn't ended at all.
 */
final class UnsaidFailures implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(UnsaidFailures.class);

    private final Map<Exchange, Watch> open = new ConcurrentHashMap<>();

    /** Watches an exchange that a dewatermark step has worked on, until the exchange is done. */
    void watch(Exchange exchange) {
        if (!open.containsKey(exchange)) {
            Watch watch = new Watch(exchange);
            exchange.getExchangeExtension().addOnCompletion(watch);
            if (exchange.getUnitOfWork() != null) { // without one, the completion may never be called
                open.put(exchange, watch);
            }
        }
    }

    /** Logs the paid exchanges that haven't ended; called when no exchange can end any more. */
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
        } else if (earlier != Billed.NO) { // an earlier step was charged; the one that failed was not
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

        /** Follows the work to another exchange, as when it is passed on through a queue. */
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
