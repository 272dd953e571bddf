package io.github.cameldewatermark;

import io.github.cameldewatermark.error.Billed;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.spi.UnitOfWork;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * For which exchanges something was charged, or may have been, that would be charged again if they began anew. What is paid
 * for a copy of an exchange, such as a part of a split or what an enrich sends, is paid for the exchange itself.
 */
final class Payments {

    /** As a property, because a route may remove the headers before its next step. */
    private static final String PAID = "CamelDewatermarkPaid";

    /** Marks the unit of work of which an exchange is a part, however deep. It does nothing. */
    private static final Synchronization MARK = new SynchronizationAdapter();

    /** So many exchanges whose copies were paid for are remembered. */
    private static final int MOST = 10_000;

    /** Of what is copied in any other way, nothing but its id is known. */
    private static final Set<String> COPIED =
            Collections.newSetFromMap(Collections.synchronizedMap(new LinkedHashMap<>() {
                @Override
                protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                    return size() > MOST;
                }
            }));

    private Payments() {}

    /** @param billed not {@link Billed#NO} */
    static void note(Exchange exchange, Billed billed) {
        if (exchange.getProperty(PAID) != Billed.YES) {
            exchange.setProperty(PAID, billed);
        }
        UnitOfWork whole = whole(exchange);
        if (whole != null && !whole.containsSynchronization(MARK)) {
            whole.addSynchronization(MARK);
        }
        String original = original(exchange);
        if (original != null) {
            COPIED.add(original);
        }
    }

    static boolean areNoted(Exchange exchange) {
        return billed(exchange) != Billed.NO;
    }

    /** What was paid for the exchange, for a copy of it, or for another part of what it is a part of. */
    static Billed billed(Exchange exchange) {
        return exchange.getProperty(PAID, areNotedElsewhere(exchange) ? Billed.YES : Billed.NO, Billed.class);
    }

    private static boolean areNotedElsewhere(Exchange exchange) {
        UnitOfWork whole = whole(exchange);
        String original = original(exchange);
        return exchange.getExchangeExtension().containsOnCompletion(MARK)
                || whole != null && whole.containsSynchronization(MARK)
                || COPIED.contains(exchange.getExchangeId())
                || original != null && COPIED.contains(original);
    }

    private static UnitOfWork whole(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.STREAM_CACHE_UNIT_OF_WORK, UnitOfWork.class);
    }

    private static String original(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.CORRELATION_ID, String.class);
    }
}
