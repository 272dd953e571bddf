package io.github.cameldewatermark.operation;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Ordered;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.ExchangeHelper;
import org.apache.camel.support.SynchronizationAdapter;

/** What is done when the work on a message is really over. */
final class Completions {

    private Completions() {}

    /**
     * Whether the end of this exchange isn't that of what becomes of it. A circuit breaker, a Kamelet and others work on a
     * copy, which is done before the exchange goes on with its result, and nothing leads from the one to the other.
     */
    static boolean endsEarly(Exchange exchange) {
        UnitOfWork whole = whole(exchange);
        if (whole != null) {
            return isStepOfOther(whole.getRoute().getEndpoint());
        }
        return exchange.getProperty(ExchangePropertyKey.CORRELATION_ID) != null
                && (exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, false, Boolean.class)
                        || isOfKamelet(exchange)
                        || isAwaited(exchange));
    }

    /**
     * Whether somebody goes on with what becomes of a copy, when the route or step that it is in is done: enrich, the sender of an
     * InOut message to a queue, a recipient list. What has no unit of work yet is handed over to whom it was copied from.
     */
    private static boolean isAwaited(Exchange exchange) {
        return exchange.getUnitOfWork() != null
                && (exchange.getPattern().isOutCapable()
                        || exchange.getProperty(ExchangePropertyKey.RECIPIENT_LIST_ENDPOINT) != null);
    }

    private static boolean isOfKamelet(Exchange exchange) {
        Endpoint from = exchange.getFromEndpoint();
        return isStepOfOther(from) || isKamelet(from) && exchange.getPattern().isOutCapable();
    }

    /** Whether a route begins there that is a step of another one. */
    private static boolean isStepOfOther(Endpoint from) {
        return isKamelet(from) && from.getEndpointUri().startsWith("kamelet://source?");
    }

    /** A route that begins with a Kamelet itself is done at its end, but for an answer that the Kamelet waits for. */
    private static boolean isKamelet(Endpoint from) {
        return from != null && from.getEndpointUri().startsWith("kamelet:");
    }

    /**
     * Does something when an exchange has ended well, and for a part of a split or multicast when both it and the whole have; after
     * what all others do then. A failure that the route has handled is none that ended well.
     */
    static void whenEndedWell(Exchange exchange, Runnable action) {
        exchange.getExchangeExtension().addOnCompletion(new GoodEnd(action));
    }

    private static final class GoodEnd extends SynchronizationAdapter {
        private final Runnable action;

        GoodEnd(Runnable action) {
            this.action = action;
        }

        @Override
        public void onComplete(Exchange done) {
            if (ExchangeHelper.isFailureHandled(done)) {
                return;
            }
            UnitOfWork whole = whole(done);
            if (whole == null || whole == done.getUnitOfWork()) {
                action.run();
            } else {
                whole.addSynchronization(this);
            }
        }

        @Override
        public int getOrder() {
            return Ordered.LOWEST;
        }
    }

    /** Of which the exchange is a part; {@code null} if it is none, or if that is done. */
    static UnitOfWork whole(Exchange exchange) {
        UnitOfWork whole = exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, UnitOfWork.class);
        return whole == null || whole.getRoute() == null ? null : whole;
    }
}
