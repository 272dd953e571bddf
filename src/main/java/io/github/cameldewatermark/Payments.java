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
 * Remembers for which exchanges something was charged, or may have been, that would be charged again if they were started
 * over. A charge for a copy of an exchange, such as a part of a split or the exchange that an enrich sends, counts as a
 * charge for the original exchange.
 */
final class Payments {

    /** An exchange property rather than a header, because a route may remove headers before its next step. */
    private static final String PAID = "CamelDewatermarkPaid";

    /** Marks the unit of work that an exchange belongs to, at any depth of nesting. Its callbacks do nothing. */
    private static final Synchronization MARK = new SynchronizationAdapter();

    /** The maximum number of ids in {@link #COPIED}. */
    private static final int MOST = 10_000;

    /** The ids of exchanges a copy of which was charged. A copy without a shared unit of work is traced by this id only. */
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

    /** Returns what was charged for the exchange, for a copy of it, or for another part of the same split or multicast. */
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
