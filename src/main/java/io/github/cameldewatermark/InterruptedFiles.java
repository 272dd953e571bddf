package io.github.cameldewatermark;

import io.github.cameldewatermark.operation.OptionalPart;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.spi.EndpointStrategy;
import org.apache.camel.support.ExpressionAdapter;

/**
 * Lets a file whose exchange was interrupted stay where it is, so that the next start finds it. Camel knows interrupted
 * exchanges, and no error handler touches them; but to a file or FTP consumer whatever ends with an exception has failed,
 * and goes to {@code moveFailed}. A rollback without a name to move to leaves the file alone and frees its lock.
 */
enum InterruptedFiles implements EndpointStrategy {
    /** One for all: a context keeps it once, however many components register it. */
    INSTANCE;

    /** From now on, for all file endpoints of a context; it does nothing where camel-file isn't there. */
    static void letStay(CamelContext context) {
        if (OptionalPart.CAMEL_FILE.isThere()) {
            context.getCamelContextExtension().registerEndpointCallback(INSTANCE);
        }
    }

    /** The exchange is not done, and hasn't failed either: whoever sees its message again does what is left to do. */
    static void interrupt(Exchange exchange) {
        exchange.getExchangeExtension().setInterrupted(true);
        exchange.setProperty(DewatermarkConstants.STAYS, true);
    }

    static boolean isInterrupted(Exchange exchange) {
        return exchange.getProperty(DewatermarkConstants.STAYS, false, Boolean.class);
    }

    @Override
    public Endpoint registerEndpoint(String uri, Endpoint endpoint) {
        if (endpoint instanceof GenericFileEndpoint<?> files
                && files.getMoveFailed() != null
                && !(files.getMoveFailed() instanceof UnlessInterrupted)) {
            files.setMoveFailed(new UnlessInterrupted(files.getMoveFailed()));
        }
        return endpoint;
    }

    /** Where a failed file goes. The only way not to move it is not to say. */
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
                throw new StaysException(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class));
            }
            return moveFailed.evaluate(exchange, String.class);
        }

        @Override
        public String toString() {
            return moveFailed.toString();
        }
    }

    /** Camel logs it as a warning, which is as well: without a stack trace, as there is nothing wrong. */
    private static final class StaysException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        StaysException(String name) {
            super(
                    name + " stays where it is, as it hasn't failed: it is gone on with when it is seen again",
                    null,
                    false,
                    false);
        }
    }
}
