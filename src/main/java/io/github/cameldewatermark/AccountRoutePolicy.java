package io.github.cameldewatermark;

import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.Outcome;
import io.github.cameldewatermark.runtime.InterruptedFiles;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suspends the consumer of a route when its account is at fault and not its message: a refused key, too few credits, a platform
 * that can't be reached, or no room for results. Whether that is so is decided by a free probe of the balance, which also
 * resumes the consumer when it succeeds.
 *
 * <p>The message isn't failed if it comes from a consumer of files, such as {@code file} or {@code ftp}: its file stays where it
 * is, as after a stop. Any other message, and a file that {@code preMove} has moved, fails as it does without this policy.
 *
 * <p>It begins and ends with the step and not with the exchange: {@link DewatermarkProducer} runs its operation through the policy
 * of the route that the exchange comes from. Camel's callbacks only say that somebody else has started or stopped the route.
 *
 * <p>Use one bean for all routes: {@code routePolicy: account} in YAML.
 */
public class AccountRoutePolicy extends RoutePolicySupport {

    private static final Logger LOG = LoggerFactory.getLogger(AccountRoutePolicy.class);

    private static final String AT_FAULT = "CamelDewatermarkAccountAtFault";

    /** Most troubles are soon over. */
    private static final long FIRST_PAUSE = 1000;

    /** Why routes are suspended, by their ids. */
    private final Map<String, DewatermarkException> causes = new ConcurrentHashMap<>();
    /** How often an exchange was found to have failed because of the account. */
    private final AtomicInteger troubles = new AtomicInteger();

    private long period = 30_000;

    /** The first probe is after a second, and each further one after twice as long, up to this many milliseconds: 30 s by default. */
    public void setPeriod(long period) {
        this.period = period;
    }

    /** Returns the policy of the route that an exchange comes from, or {@code null}. */
    static AccountRoutePolicy of(Exchange exchange) {
        Route route = route(exchange);
        return route == null ? null : of(route);
    }

    private static AccountRoutePolicy of(Route route) {
        return route.getRoutePolicyList().stream()
                .filter(AccountRoutePolicy.class::isInstance)
                .map(AccountRoutePolicy.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static Route route(Exchange exchange) {
        String id = exchange.getFromRouteId();
        return id == null ? null : exchange.getContext().getRoute(id);
    }

    /** Returns which routes are suspended by their policies, and why; {@code null} if none is. */
    public static String suspended(CamelContext context) {
        String text = context.getRoutes().stream()
                .flatMap(route -> Stream.ofNullable(of(route))
                        .flatMap(policy -> Stream.ofNullable(policy.causes.get(route.getRouteId())))
                        .map(cause -> "Route " + route.getRouteId() + " is suspended: " + cause.getMessage()))
                .collect(Collectors.joining("; "));
        return text.isEmpty() ? null : text;
    }

    /**
     * Returns whether an exchange has failed because of its account, and its message costs nothing more when it is processed again.
     * For routes that claim their messages: they can put such a message back.
     */
    public static boolean isAtFault(Exchange exchange) {
        return exchange.getProperty(AT_FAULT, false, Boolean.class);
    }

    /** Returns whether the route that an exchange comes from is suspended by its policy. */
    public static boolean isSuspended(Exchange exchange) {
        AccountRoutePolicy policy = of(exchange);
        return policy != null && policy.causes.containsKey(exchange.getFromRouteId());
    }

    /** Runs an operation, unless the route is suspended: a consumer goes on with the files that it has listed already. */
    CompletableFuture<Outcome> execute(Exchange exchange, Operation operation) {
        exchange.removeProperty(AT_FAULT);
        DewatermarkException cause = causes.get(exchange.getFromRouteId());
        if (cause != null && InterruptedFiles.interruptQuietly(exchange)) {
            return CompletableFuture.failedFuture(cause);
        }
        int troublesBefore = troubles.get();
        return Failures.inFuture(() -> operation.execute(exchange))
                .exceptionallyCompose(error -> failed(exchange, Failures.cause(error), operation, troublesBefore));
    }

    private CompletableFuture<Outcome> failed(
            Exchange exchange, Throwable cause, Operation operation, int troublesBefore) {
        CompletableFuture<Outcome> end = CompletableFuture.failedFuture(cause);
        if (!(cause instanceof DewatermarkException failure) || !mayBeOfAccount(exchange, failure, operation)) {
            return end;
        }
        if ((isOfProbe(failure) || isOfLimit(failure)) && !isStopped(failure)) {
            suspend(exchange, failure, operation);
            return end;
        }
        return operation
                .probe(Duration.ZERO, null)
                .handle((done, error) -> error)
                .thenCompose(error -> {
                    if (error == null && troubles.get() != troublesBefore) {
                        markAtFault(exchange); // it failed in a trouble that is over
                    } else if (error != null && !isStopped(error)) {
                        suspend(exchange, failure, operation);
                    }
                    return end;
                });
    }

    /** Whether a message may be processed again for nothing, and its failure may be that of others, too. */
    private static boolean mayBeOfAccount(Exchange exchange, DewatermarkException failure, Operation operation) {
        if (failure instanceof DewatermarkTaskException) {
            return failure.billed() != Billed.NO && operation.canBeginAgain(exchange, failure);
        }
        boolean ofMessage = failure instanceof DewatermarkInputException
                || failure instanceof DewatermarkCreditException e && e.neededCredit() != null && e.again() == null
                || failure instanceof DewatermarkRequestException && !isOfProbe(failure);
        return failure.billed() == Billed.NO && !ofMessage;
    }

    private static boolean isOfProbe(DewatermarkException failure) {
        return failure.operation().equals(ApiCall.CREDIT.toString());
    }

    /** Whether there will be room within the limit. */
    private static boolean isOfLimit(DewatermarkException failure) {
        return failure instanceof DewatermarkCreditException e && e.again() != null;
    }

    private static void markAtFault(Exchange exchange) {
        exchange.setProperty(AT_FAULT, !InterruptedFiles.hasPaid(exchange));
        InterruptedFiles.interruptQuietly(exchange);
    }

    private void suspend(Exchange exchange, DewatermarkException cause, Operation operation) {
        markAtFault(exchange);
        Route route = route(exchange);
        if (route == null) {
            return; // it was removed meanwhile
        }
        troubles.incrementAndGet();
        if (causes.putIfAbsent(route.getRouteId(), cause) != null) {
            return;
        }
        LOG.warn(
                "Route {} is suspended until this is resolved, because other messages would fail the same way: {}",
                route.getRouteId(),
                cause.getMessage());
        if (suspendConsumer(route)) {
            probe(route, cause, operation, FIRST_PAUSE);
        } else {
            causes.remove(route.getRouteId(), cause);
        }
    }

    /** Returns whether it was this that suspended the consumer, and not a stop or an operator. */
    private boolean suspendConsumer(Route route) {
        try {
            return isStarted(route) && suspendOrStopConsumer(route.getConsumer());
        } catch (Exception e) {
            LOG.warn("The consumer of route {} can't be suspended", route.getRouteId(), e);
            return false;
        }
    }

    /** Whether a route is started, and neither it nor its context is being stopped. */
    private static boolean isStarted(Route route) {
        CamelContext context = route.getCamelContext();
        return !context.isStopping()
                && context.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted();
    }

    private void probe(Route route, DewatermarkException cause, Operation operation, long pause) {
        long next = Math.min(pause, period);
        BigDecimal needed = cause instanceof DewatermarkCreditException e ? e.neededCredit() : null;
        operation.probe(Duration.ofMillis(next), needed).whenComplete((done, error) -> {
            if (error == null && causes.remove(route.getRouteId(), cause)) {
                resumeConsumer(route);
            } else if (error != null && !isStopped(error) && causes.get(route.getRouteId()) == cause) {
                probe(route, cause, operation, 2 * next);
            }
        });
    }

    /** Whether a probe has failed because its operation was closed. */
    private static boolean isStopped(Throwable error) {
        Throwable cause = Failures.cause(error);
        return cause instanceof CancellationException || cause.getCause() instanceof CancellationException;
    }

    private void resumeConsumer(Route route) {
        if (!isStarted(route)) {
            return;
        }
        try {
            resumeOrStartConsumer(route.getConsumer());
            LOG.info("Route {} is resumed", route.getRouteId());
        } catch (Exception e) {
            LOG.warn("The consumer of route {} can't be resumed", route.getRouteId(), e);
        }
    }

    @Override
    public void onResume(Route route) {
        causes.remove(route.getRouteId());
    }

    @Override
    public void onSuspend(Route route) {
        causes.remove(route.getRouteId());
    }

    @Override
    public void onStop(Route route) {
        causes.remove(route.getRouteId());
    }
}
