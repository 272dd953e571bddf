package io.github.cameldewatermark.operation;

import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.UnitOfWork;

/** Knows where the end of an exchange doesn't tell that the work on its message is over. */
final class Completions {

    private Completions() {}

    /**
     * Whether this exchange is done before its result has been processed. A circuit breaker, a Kamelet and other steps work on
     * a copy, which is done before the original exchange continues with the result, and no link leads from the copy to the
     * original.
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
     * Whether another exchange waits for the result of this copy, as with enrich, an InOut message sent to a queue, or a
     * recipient list. A copy without a unit of work is excluded: its completions are handed over to the original.
     */
    private static boolean isAwaited(Exchange exchange) {
        return exchange.getUnitOfWork() != null
                && (exchange.getPattern().isOutCapable()
                        || exchange.getProperty(ExchangePropertyKey.RECIPIENT_LIST_ENDPOINT) != null);
    }

    /**
     * Whether a Kamelet continues with the result of this exchange: one that is a step of another route, or one that a route
     * begins with and that waits for the reply.
     */
    private static boolean isOfKamelet(Exchange exchange) {
        Endpoint from = exchange.getFromEndpoint();
        return isStepOfOther(from) || isKamelet(from) && exchange.getPattern().isOutCapable();
    }

    /** Whether the route that begins at this endpoint is itself a step of another route. */
    private static boolean isStepOfOther(Endpoint from) {
        return isKamelet(from) && from.getEndpointUri().startsWith("kamelet://source?");
    }

    private static boolean isKamelet(Endpoint from) {
        return from != null && from.getEndpointUri().startsWith("kamelet:");
    }

    /** Returns the unit of work of the split or multicast that the exchange is a part of; {@code null} if none or done. */
    static UnitOfWork whole(Exchange exchange) {
        UnitOfWork whole = exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, UnitOfWork.class);
        return whole == null || whole.getRoute() == null ? null : whole;
    }
}
