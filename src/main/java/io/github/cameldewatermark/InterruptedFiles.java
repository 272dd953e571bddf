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
 * Leaves a file whose exchange was interrupted where it is, so that the next start finds it. Camel's error handlers leave
 * interrupted exchanges alone, but a file or FTP consumer moves the file of every exchange that ends with an exception to
 * {@code moveFailed}. If its rollback finds no name to move the file to, the file stays in place and its lock is released.
 */
enum InterruptedFiles implements EndpointStrategy {
    /** A singleton, so that a context has it only once, however many components register it. */
    INSTANCE;

    /** Applies this to all file endpoints of a context that are created from now on. Does nothing without camel-file. */
    static void letStay(CamelContext context) {
        if (OptionalPart.CAMEL_FILE.isThere()) {
            context.getCamelContextExtension().registerEndpointCallback(INSTANCE);
        }
    }

    /** Marks an exchange as interrupted: neither done nor failed, and completed when its message is received again. */
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
                throw stays(exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class));
            }
            return moveFailed.evaluate(exchange, String.class);
        }

        @Override
        public String toString() {
            return moveFailed.toString();
        }
    }

    /**
     * Camel logs this exception as a warning. It has no stack trace, because nothing is wrong; and it is one of Java's own, as a
     * log that keeps its last events, such as Karaf's, would keep the classes of this bundle.
     */
    private static RuntimeException stays(String name) {
        RuntimeException stays = new IllegalStateException(
                name + " stays where it is, as it hasn't failed: it is gone on with when it is seen again");
        stays.setStackTrace(new StackTraceElement[0]);
        return stays;
    }
}
