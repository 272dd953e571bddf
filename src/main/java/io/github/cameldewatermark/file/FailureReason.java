package io.github.cameldewatermark.file;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;

/** Says in a line why a file has failed and whether it was charged, for logs and for the text file beside it. */
public final class FailureReason {

    private FailureReason() {}

    /** Returns such as {@code a.jpg: it is empty. (billed: NO)}. */
    public static String of(Exchange exchange) {
        return NameRule.printable(name(exchange)) + ": " + text(exchange);
    }

    /** Returns the same without the name of the file. */
    public static String text(Exchange exchange) {
        Throwable cause = exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
        String reason = cause instanceof DewatermarkException ? cause.getMessage() : String.valueOf(cause);
        return NameRule.printable(reason) + " (billed: " + billed(exchange, cause) + ")";
    }

    private static String name(Exchange exchange) {
        GenericFile<?> file = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
        return file == null
                ? exchange.getMessage().getHeader(Exchange.FILE_NAME, exchange.getExchangeId(), String.class)
                : file.getFileNameOnly();
    }

    /** What fails after its step has a result, which is kept. */
    private static Billed billed(Exchange exchange, Throwable cause) {
        if (exchange.getMessage().getHeader(DewatermarkConstants.CREDITS_CHARGED) != null) {
            return Billed.YES;
        }
        return cause instanceof DewatermarkException failure ? failure.billed() : Billed.NO;
    }
}
