package io.github.cameldewatermark;

import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Expression;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOnCompletion;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a file whose exchange was interrupted where it is, so that the next start finds it. Camel's error handlers leave
 * interrupted exchanges alone, but a file or FTP consumer moves the file of every exchange that ends with an exception to
 * {@code moveFailed}. If its rollback finds no name to move the file to, the file stays in place and its lock is released.
 */
enum InterruptedFiles implements EndpointStrategy {
    /** A singleton, so that a context has it only once, however many components register it. */
    INSTANCE;

    private static final Logger LOG = LoggerFactory.getLogger(InterruptedFiles.class);

    private static final String STAYS = "CamelDewatermarkStays";

    private static final String PAID = "CamelDewatermarkPaidWithoutJournal";

    /** Applies this to all file endpoints of a context that are created from now on. Does nothing without camel-file. */
    static void letStay(CamelContext context) {
        if (OptionalPart.CAMEL_FILE.isThere()) {
            context.getCamelContextExtension().registerEndpointCallback(INSTANCE);
        }
    }

    /**
     * Marks an exchange as interrupted: neither done nor failed, and completed when its message is received again.
     *
     * @return whether it is so; not after {@link #mustNotStay}
     */
    static boolean interrupt(Exchange exchange) {
        if (hasPaid(exchange)) {
            return false;
        }
        exchange.getExchangeExtension().setInterrupted(true);
        exchange.setProperty(STAYS, true);
        return true;
    }

    /** Notes that an exchange has or may have paid for what no journal remembers: its file would be paid for once more. */
    static void mustNotStay(Exchange exchange) {
        exchange.setProperty(PAID, true);
    }

    /** Whether an exchange has or may have paid for what no journal remembers. */
    static boolean hasPaid(Exchange exchange) {
        return exchange.getProperty(PAID, false, Boolean.class);
    }

    /**
     * Whether the file of an exchange can stay, so that a later poll finds it. A copy of the exchange, such as a part of a
     * split, has no file of its own.
     */
    static boolean canStay(Exchange exchange) {
        return OptionalPart.CAMEL_FILE.isThere()
                && exchange.getFromEndpoint() instanceof GenericFileEndpoint<?> files
                && files.getPreMove() == null
                // Camel deletes the done file before it asks moveFailed
                && (files.getDoneFileName() == null || files.getMoveFailed() == null)
                // a doCatch would take the exception, and the file would count as done
                && !exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, false, Boolean.class)
                && exchange.getProperty(Exchange.CORRELATION_ID) == null;
    }

    static boolean isInterrupted(Exchange exchange) {
        return exchange.getProperty(STAYS, false, Boolean.class);
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof GenericFileEndpoint<?> files
                && files.getMoveFailed() != null
                && !(files.getMoveFailed() instanceof UnlessInterrupted)) {
            files.setMoveFailed(new UnlessInterrupted(files.getMoveFailed()));
            ExceptionHandler handler = files.getOnCompletionExceptionHandler();
            files.setOnCompletionExceptionHandler(new UnlessStays(
                    handler == null
                            ? new LoggingExceptionHandler(files.getCamelContext(), GenericFileOnCompletion.class)
                            : handler));
        }
        return endpoint;
    }

    /** The {@code moveFailed} expression of an endpoint. Throwing from it is the only way to leave a file in place. */
    private static final class UnlessInterrupted extends ExpressionAdapter {
        private final Expression moveFailed;

        UnlessInterrupted(Expression moveFailed) {
            this.moveFailed = moveFailed;
        }

        @Override
        public void init(CamelContext context) {
            super.init(context);
            moveFailed.init(context);
        }

        @Override
        public Object evaluate(Exchange exchange) {
            if (isInterrupted(exchange)) {
                throw new StaysException();
            }
            return moveFailed.evaluate(exchange, String.class);
        }

        @Override
        public String toString() {
            return moveFailed.toString();
        }
    }

    /** Says that a file stays, which is no failure; a log that keeps its last exceptions would keep our classes, too. */
    private record UnlessStays(ExceptionHandler handler) implements ExceptionHandler {

        @Override
        public void handleException(String message, Exchange exchange, Throwable exception) {
            if (exception instanceof StaysException) {
                String text = exchange.getMessage().getHeader(Exchange.FILE_NAME)
                        + " stays where it is, as it has not failed, and is taken again";
                if (AccountRoutePolicy.isSuspended(exchange)) {
                    LOG.debug(text);
                } else {
                    LOG.info(text);
                }
            } else {
                handler.handleException(message, exchange, exception);
            }
        }

        @Override
        public void handleException(String message, Throwable exception) {
            handler.handleException(message, exception);
        }

        @Override
        public void handleException(Throwable exception) {
            handler.handleException(exception);
        }
    }

    private static final class StaysException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StaysException() {
            super("It stays", null, false, false);
        }
    }
}
