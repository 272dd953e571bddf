package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.journal.Entry;
import java.util.Objects;
import org.apache.camel.Exchange;

/**
 * The header that asks to pay for something in spite of what is known about it. It counts for one call: it is removed when it is
 * read, and as a redelivery restores it, the exchange remembers for which body it was obeyed.
 */
public record PayAgain(Exchange exchange, Object body, boolean isAsked) {

    private static final String OBEYED = "CamelDewatermarkPayAgainObeyed";

    /** Reads the header and removes it. */
    public static PayAgain read(Exchange exchange) {
        Object asked = exchange.getMessage().removeHeader(DewatermarkConstants.PAY_AGAIN);
        Object body = Objects.requireNonNullElse(exchange.getMessage().getBody(), "no body");
        boolean isAsked = asked != null && Boolean.parseBoolean(asked.toString());
        return new PayAgain(exchange, body, isAsked && !body.equals(exchange.getProperty(OBEYED)));
    }

    /** To be called when it is paid for. */
    public void obeyed() {
        if (isAsked) {
            exchange.setProperty(OBEYED, body);
        }
    }

    /** Returns the failure of what may have been charged. */
    public static DewatermarkTransportException needed(Entry unknown, String name) {
        return needed(
                unknown,
                name + " may have been charged at " + unknown.since() + ": " + unknown.reason(),
                Billed.UNKNOWN,
                null);
    }

    /** Returns the failure of something that only a person may decide to pay for again. */
    public static DewatermarkTransportException needed(Entry entry, String problem, Billed billed, Throwable cause) {
        return new DewatermarkTransportException(
                entry.operation(),
                problem + ". Nothing was sent now. To pay for it again, send it with the header "
                        + DewatermarkConstants.PAY_AGAIN + " set to true.",
                billed,
                false,
                cause);
    }
}
