package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import org.apache.camel.Exchange;

/**
 * The header that asks to pay for something in spite of what is known about it. It counts for one call: it is removed when it is
 * read, and as a redelivery restores it, the exchange remembers for what it has been heard.
 */
final class PayAgain {

    private static final String HEARD = "CamelDewatermarkPaysAgain";

    private PayAgain() {}

    /** @param what what is paid for: the same object, or an equal one, in a redelivery */
    static boolean isAsked(Exchange exchange, Object what) {
        Object asked = exchange.getMessage().removeHeader(DewatermarkConstants.PAY_AGAIN);
        return asked != null && Boolean.parseBoolean(asked.toString()) && !what.equals(exchange.getProperty(HEARD));
    }

    /** Remembers that it is being paid for. */
    static void heard(Exchange exchange, Object what) {
        exchange.setProperty(HEARD, what);
    }
}
