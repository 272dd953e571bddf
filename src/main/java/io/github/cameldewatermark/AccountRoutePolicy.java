package io.github.cameldewatermark;

import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.Failures;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkRequestException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.Outcome;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Route;
import org.apache.camel.support.RoutePolicySupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Suspends the consumer of a route when its account is at fault and not its message: a refused key, too few credits, a platform
 * that can't be reached, or no room for results. Whether that is so is decided by a free look at the balance, which also resumes
 * the consumer when it succeeds.
 *
 * <p>The message isn't failed if it comes from a consumer of files, such as {@code file} or {@code ftp}: its file stays where it
 * is, as after a stop. Any other message, and a file that {@code preMove} has moved, fails as it does without this policy.
 *
 * <p>Use one bean for all routes: {@code routePolicy: account} in YAML.
 */
public class AccountRoutePolicy extends RoutePolicySupport {

    private static final Logger LOG = LoggerFactory.getLogger(AccountRoutePolicy.class);

    private static final String AT_FAULT = "CamelDewatermarkAccountAtFault";

    /** Most troubles are soon over. */
    private static final long FIRST_LOOK = 1000;

    private final Map<String, Suspension> suspensions = new ConcurrentHashMap<>();
    /** How often an exchange was found to have failed because of the account. */
    private final AtomicInteger troubles = new AtomicInteger();

    private long period = 30_000;

    /**
     * Why a route is or was suspended.
     *
     * @param pause  how long until it is looked whether the route can go on, in milliseconds
     * @param active whether it is suspended; if not, it was, and no message has come through since
     */
    private record Suspension(DewatermarkException cause, long pause, boolean active) {}

    /** Returns how often to look whether a suspended route can go on, in milliseconds. */
    public long getPeriod() {
        return period;
    }

    /** The first look is after a second, and each further one after twice as long, up to this: 30 s by default. */
    public void setPeriod(long period) {
        this.period = period;
    }

    /** Returns the policy of the route that an exchange comes from, or {@code null}. */
    static AccountRoutePolicy of(Exchange exchange) {
        Route route = route(exchange);
        return route == null ? null : of(route);
    }

    /** Returns the policy of a route, or {@code null}. */
    static AccountRoutePolicy of(Route route) {
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

    /** Returns why a route is suspended, {@code null} if it isn't. */
    DewatermarkException reason(String routeId) {
        Suspension suspension = suspensions.get(routeId);
        return suspension == null || !suspension.active ? null : suspension.cause;
    }

    /** Returns which routes are suspended by their policies, and why; {@code null} if none is. */
    static String suspended(CamelContext context) {
        String text = context.getRoutes().stream()
                .filter(route -> of(route) != null && of(route).reason(route.getRouteId()) != null)
                .map(route -> "Route " + route.getRouteId() + " is suspended: "
                        + of(route).reason(route.getRouteId()).getMessage())
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
        return policy != null && policy.reason(exchange.getFromRouteId()) != null;
    }

    /** Runs an operation, unless the route is suspended: a consumer goes on with the files that it has listed already. */
    CompletableFuture<Outcome> execute(Exchange exchange, Operation operation) {
        exchange.removeProperty(AT_FAULT);
        DewatermarkException reason = reason(exchange.getFromRouteId());
        if (reason != null && stays(exchange)) {
            return CompletableFuture.failedFuture(reason);
        }
        int before = troubles.get();
        return CompletableFuture.completedFuture(exchange)
                .thenCompose(operation::execute) // whose exceptions become those of the future
                .exceptionallyCompose(error -> failed(exchange, Failures.cause(error), operation, before));
    }

    private CompletableFuture<Outcome> failed(Exchange exchange, Throwable cause, Operation operation, int before) {
        CompletableFuture<Outcome> end = CompletableFuture.failedFuture(cause);
        if (!(cause instanceof DewatermarkException failure) || !canBeOfAccount(exchange, failure, operation)) {
            return end;
        }
        if (failure.operation().equals(ApiCall.CREDIT.toString()) && !isStopped(failure)) {
            suspend(exchange, failure, operation);
            return end;
        }
        return operation.probe(Duration.ZERO).handle((done, error) -> error).thenCompose(error -> {
            if (isStopped(error)) {
                return end;
            }
            if (error != null) {
                suspend(exchange, failure, operation);
            } else if (troubles.get() != before) {
                isOfAccount(exchange); // it failed in a trouble that is over
            }
            return end;
        });
    }

    /** Whether a message may be processed again for nothing, and its failure may be that of others, too. */
    private static boolean canBeOfAccount(Exchange exchange, DewatermarkException failure, Operation operation) {
        if (failure instanceof DewatermarkTaskException) {
            return failure.billed() != Billed.NO && operation.canBeginAgain(exchange, failure);
        }
        boolean ofMessage = failure instanceof DewatermarkInputException
                || failure instanceof DewatermarkRequestException
                        && !failure.operation().equals(ApiCall.CREDIT.toString());
        return failure.billed() == Billed.NO && !ofMessage;
    }

    /** Lets the file of an exchange stay, if that is possible. */
    private static boolean stays(Exchange exchange) {
        return InterruptedFiles.canStay(exchange) && InterruptedFiles.interrupt(exchange);
    }

    private static void isOfAccount(Exchange exchange) {
        exchange.setProperty(AT_FAULT, !InterruptedFiles.hasPaid(exchange));
        stays(exchange);
    }

    private void suspend(Exchange exchange, DewatermarkException cause, Operation operation) {
        isOfAccount(exchange);
        Route route = route(exchange);
        if (route == null) {
            return; // it was removed meanwhile
        }
        troubles.incrementAndGet();
        Suspension[] begun = new Suspension[1];
        suspensions.compute(route.getRouteId(), (id, known) -> {
            if (known != null && known.active) {
                return known;
            }
            String text =
                    "Route " + id + " is suspended until this is over, as other messages would fail in the same way: "
                            + cause.getMessage();
            if (known != null && known.cause.getClass() == cause.getClass()) {
                LOG.debug(text);
            } else {
                LOG.warn(text);
            }
            long wait = known == null ? FIRST_LOOK : 2 * known.pause;
            begun[0] = new Suspension(cause, Math.min(wait, period), true);
            return begun[0];
        });
        if (begun[0] != null) {
            if (isSuspendedNow(route)) {
                look(route, begun[0], operation);
            } else {
                replace(route, begun[0], null);
            }
        }
    }

    /** Suspends a consumer. Returns whether it was this that did it, and not a stop or an operator. */
    private boolean isSuspendedNow(Route route) {
        try {
            return isGoingOn(route) && suspendOrStopConsumer(route.getConsumer());
        } catch (Exception e) {
            LOG.warn("The consumer of route {} can't be suspended", route.getRouteId(), e);
            return false;
        }
    }

    /** Whether a route is started, and neither it nor its context is being stopped. */
    private static boolean isGoingOn(Route route) {
        CamelContext context = route.getCamelContext();
        return !context.isStopping()
                && context.getRouteController()
                        .getRouteStatus(route.getRouteId())
                        .isStarted();
    }

    private void look(Route route, Suspension suspension, Operation operation) {
        operation.probe(Duration.ofMillis(suspension.pause)).whenComplete((done, error) -> {
            boolean over = error == null;
            Suspension next = new Suspension(
                    suspension.cause, over ? suspension.pause : Math.min(2 * suspension.pause, period), !over);
            if (isStopped(error) || !replace(route, suspension, next)) {
                return; // by a stop of the route
            }
            if (over) {
                resume(route);
            } else {
                look(route, next, operation);
            }
        });
    }

    /** Whether a probe has failed because its operation was closed. */
    private static boolean isStopped(Throwable error) {
        Throwable cause = Failures.cause(error);
        return cause instanceof CancellationException
                || cause != null && cause.getCause() instanceof CancellationException;
    }

    /** Returns whether the suspension was there; not if the route was stopped. */
    private boolean replace(Route route, Suspension suspension, Suspension next) {
        boolean[] there = new boolean[1];
        suspensions.computeIfPresent(route.getRouteId(), (id, known) -> {
            there[0] = known == suspension;
            return there[0] ? next : known;
        });
        return there[0];
    }

    private void resume(Route route) {
        if (!isGoingOn(route)) {
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
    public void onExchangeDone(Route route, Exchange exchange) {
        Suspension suspension = suspensions.get(route.getRouteId());
        if (suspension != null && !suspension.active && !exchange.isFailed()) {
            replace(route, suspension, null);
        }
    }

    @Override
    public void onResume(Route route) {
        suspensions.remove(route.getRouteId());
    }

    @Override
    public void onSuspend(Route route) {
        suspensions.remove(route.getRouteId());
    }

    @Override
    public void onStop(Route route) {
        suspensions.remove(route.getRouteId());
    }
}
