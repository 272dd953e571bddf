package io.github.cameldewatermark.runtime;

import io.github.cameldewatermark.DewatermarkComponent;
import java.util.Locale;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Expression;
import org.apache.camel.Route;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.component.file.GenericFileOnCompletion;
import org.apache.camel.spi.ContextServicePlugin;
import org.apache.camel.spi.ExceptionHandler;
import org.apache.camel.support.ExpressionAdapter;
import org.apache.camel.support.LifecycleStrategySupport;
import org.apache.camel.support.LoggingExceptionHandler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leaves a file whose exchange was interrupted where it is, so that the next start finds it. Camel's error handlers leave
 * interrupted exchanges alone, but a file or FTP consumer moves the file of every exchange that ends with an exception to
 * {@code moveFailed}. If its rollback finds no name to move the file to, the file stays in place and its lock is released.
 *
 * <p>A consumer reads its options when it is created, so this is decided before, by the definition of its route. Camel loads
 * this as a plugin, since a route with {@code toD} creates the component only with its first message.
 */
public final class InterruptedFiles extends LifecycleStrategySupport implements ContextServicePlugin {

    private static final Logger LOG = LoggerFactory.getLogger(InterruptedFiles.class);

    private static final String STAYS = "CamelDewatermarkStays";
    private static final String STAYS_QUIETLY = "CamelDewatermarkStaysQuietly";
    private static final String PAID = "CamelDewatermarkPaidWithoutJournal";

    /** In the text of a definition: what leads to another route, is known only at run time, or doesn't show its steps. */
    private static final Pattern LEADS_ANYWHERE = Pattern.compile("(?i)(direct|seda|disruptor|kamelet|ref):|to\\[\\{\\{"
            + "|(kamelet|policy|transacted|dynamicTo|recipientList|routingSlip|dynamicRouter)\\b");

    private volatile boolean pollsMoreFiles;

    /** Created by Camel. */
    public InterruptedFiles() {}

    @Override
    public void load(CamelContext context) {
        letStay(context);
    }

    /** Applies this to the routes of a context. Does nothing without camel-file. */
    public static void letStay(CamelContext context) {
        if (OptionalPart.CAMEL_FILE.isThere()
                && context.getLifecycleStrategies().stream().noneMatch(InterruptedFiles.class::isInstance)) {
            context.addLifecycleStrategy(new InterruptedFiles());
            // there are none yet, unless Camel hasn't found the plugin, as in OSGi
            context.getEndpoints().forEach(InterruptedFiles::wrapMoveFailed);
        }
    }

    @Override
    public void onRouteContextCreate(Route route) {
        String definition = String.valueOf(route.getRoute());
        if (mayLeadHere(route.getCamelContext(), definition)) {
            wrapMoveFailed(route.getEndpoint());
            pollsMoreFiles |= definition.toLowerCase(Locale.ROOT).contains("poll");
        }
    }

    /** A file that a step polls stays with that of its exchange. Its endpoint may be created as late as with the first message. */
    @Override
    public void onEndpointAdd(Endpoint endpoint) {
        if (pollsMoreFiles) {
            wrapMoveFailed(endpoint);
        }
    }

    private static boolean mayLeadHere(CamelContext context, String definition) {
        return definition.contains("dewatermark:")
                || LEADS_ANYWHERE.matcher(definition).find()
                || context.getComponentNames().stream()
                        .filter(name -> context.hasComponent(name) instanceof DewatermarkComponent)
                        .anyMatch(name -> definition.contains(name + ":"));
    }

    /**
     * Marks an exchange as interrupted: neither done nor failed, and completed when its message is received again.
     *
     * @return whether it is so; not after {@link #mustNotStay}, and not in a {@code doTry} that may catch the exception
     */
    public static boolean interrupt(Exchange exchange) {
        if (hasPaid(exchange) || isInTry(exchange)) {
            return false;
        }
        exchange.getExchangeExtension().setInterrupted(true);
        exchange.setProperty(STAYS, true);
        return true;
    }

    /** Interrupts an exchange, if its file can stay, without a line in the log. */
    public static boolean interruptQuietly(Exchange exchange) {
        boolean stays = canStay(exchange) && interrupt(exchange);
        exchange.setProperty(STAYS_QUIETLY, stays);
        return stays;
    }

    /** Notes that an exchange has or may have paid for what no journal remembers: its file would be paid for once more. */
    public static void mustNotStay(Exchange exchange) {
        exchange.setProperty(PAID, true);
    }

    /** Whether an exchange has or may have paid for what no journal remembers. */
    public static boolean hasPaid(Exchange exchange) {
        return exchange.getProperty(PAID, false, Boolean.class);
    }

    /**
     * Whether the file of an exchange can stay, so that a later poll finds it. A copy of the exchange, such as a part of a
     * split, has no file of its own.
     */
    private static boolean canStay(Exchange exchange) {
        return OptionalPart.CAMEL_FILE.isThere()
                && exchange.getFromEndpoint() instanceof GenericFileEndpoint<?> files
                && files.getPreMove() == null
                && (files.getMoveFailed() == null
                        // Camel deletes the done file before it asks moveFailed
                        || files.getMoveFailed() instanceof UnlessInterrupted && files.getDoneFileName() == null)
                && exchange.getProperty(Exchange.CORRELATION_ID) == null;
    }

    /** Whether a {@code doCatch} may take the exception, and with it what makes the file stay. */
    private static boolean isInTry(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.TRY_ROUTE_BLOCK, false, Boolean.class)
                && !refusesAllSteps(exchange.getContext());
    }

    /** Whether a context is stopped by force, so that Camel runs no step any more. While a route is stopped alone, it still may. */
    private static boolean refusesAllSteps(CamelContext context) {
        return (context.isStopping() || context.isStopped())
                && context.getShutdownStrategy().isForceShutdown();
    }

    private static void wrapMoveFailed(Endpoint endpoint) {
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
            if (exchange.getProperty(STAYS, false, Boolean.class)) {
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
            if (!(exception instanceof StaysException)) {
                handler.handleException(message, exchange, exception);
            } else if (!exchange.getProperty(STAYS_QUIETLY, false, Boolean.class)) {
                LOG.info(
                        "{} stays where it is, as it has not failed, and will be processed again",
                        exchange.getMessage().getHeader(Exchange.FILE_NAME));
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
