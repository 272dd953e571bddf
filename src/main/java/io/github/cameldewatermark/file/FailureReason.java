package io.github.cameldewatermark.file;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.util.ObjectHelper;

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
        DewatermarkException failure = ObjectHelper.getException(DewatermarkException.class, cause);
        String reason = failure == null ? String.valueOf(cause) : failure.getMessage();
        return NameRule.printable(reason) + " (billed: " + billed(exchange, failure) + ")";
    }

    private static String name(Exchange exchange) {
        GenericFile<?> file = exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class);
        return file == null
                ? exchange.getMessage().getHeader(Exchange.FILE_NAME, exchange.getExchangeId(), String.class)
                : file.getFileNameOnly();
    }

    /** A step that has succeeded says what it cost, or that its task is charged. */
    private static Billed billed(Exchange exchange, DewatermarkException failure) {
        Message message = exchange.getMessage();
        boolean paid = message.getHeader(DewatermarkConstants.CREDITS_CHARGED) != null
                || message.getHeader(DewatermarkConstants.TASK_STATUS) != null;
        if (paid) {
            return Billed.YES;
        }
        return failure == null ? Billed.NO : failure.billed();
    }
}
