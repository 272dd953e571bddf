package io.github.cameldewatermark.operation;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.spi.UnitOfWork;

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
     * Adds to what is done at the end of an exchange. A part of a split or multicast outlives its own exchange, as its body
     * may be aggregated: for it, that is the end of the whole.
     */
    static void add(Exchange exchange, Synchronization completion) {
        UnitOfWork whole = whole(exchange);
        if (whole != null) {
            whole.addSynchronization(completion);
        } else {
            exchange.getExchangeExtension().addOnCompletion(completion);
        }
    }

    /** Of which the exchange is a part; {@code null} if it is none. */
    private static UnitOfWork whole(Exchange exchange) {
        UnitOfWork whole = exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, UnitOfWork.class);
        return whole == null || whole.getRoute() == null ? null : whole;
    }
}
