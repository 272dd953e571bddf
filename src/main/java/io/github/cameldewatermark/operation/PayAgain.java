package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.journal.Entry;
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

    /** Returns the failure of what may have been charged. */
    static DewatermarkTransportException needed(Entry unknown, String name) {
        return needed(
                unknown,
                name + " may have been charged at " + unknown.since() + ": " + unknown.reason(),
                Billed.UNKNOWN,
                null);
    }

    /** Returns the failure of something that only a person may decide to pay for again. */
    static DewatermarkTransportException needed(Entry entry, String problem, Billed billed, Throwable cause) {
        return new DewatermarkTransportException(
                entry.operation(),
                problem + ". Nothing was sent now. To pay for it again, send it with the header "
                        + DewatermarkConstants.PAY_AGAIN + " set to true.",
                billed,
                false,
                cause);
    }
}
