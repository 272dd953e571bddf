package io.github.cameldewatermark.operation;

import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.spi.UnitOfWork;

/** What is done when the work on a message is really over. */
final class Completions {

    private Completions() {}

    /**
     * Adds to what is done at the end of an exchange. A part of a split or multicast outlives its own exchange, as its body
     * may be aggregated: for it, that is the end of the whole.
     */
    static void add(Exchange exchange, Synchronization completion) {
        UnitOfWork whole = exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, UnitOfWork.class);
        if (whole != null && whole.getRoute() != null) {
            whole.addSynchronization(completion);
        } else {
            exchange.getExchangeExtension().addOnCompletion(completion);
        }
    }
}
