package io.github.cameldewatermark.observe;

import io.github.cameldewatermark.client.throttle.Balance;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.error.Credits;
import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/**
 * Checks whether a producer is ready: its key is accepted, there are enough credits, and the platform accepts calls. The check
 * is free: it looks up the balance, at most every few seconds, and not in the queue of other calls. If that takes too long, the
 * last known balance is used.
 */
public final class DewatermarkHealthCheck extends AbstractHealthCheck {

    /** The detail with the credits that are left. */
    public static final String AVAILABLE_CREDIT = "credit.available";

    /** The detail with the option minimumCredit, if it is set. */
    public static final String MINIMUM_CREDIT = "credit.minimum";

    /** The detail that repeats the message, for tools that show only details, such as Spring Boot's actuator. */
    public static final String REASON = "reason";

    /** How long to wait for the balance, because callers of health checks don't wait for long. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(1);

    private final String uri;
    private final RateGate gate;
    private final Balance balance;
    private final BigDecimal minimum;
    private final Supplier<String> suspended;

    /**
     * @param id        the id of the check, without its prefix
     * @param uri       the URI of the endpoint, without the API key
     * @param minimum   the option minimumCredit, 0 if it isn't set
     * @param suspended says which routes are suspended, and why; {@code null} if none is
     */
    public DewatermarkHealthCheck(
            String id, String uri, RateGate gate, Balance balance, double minimum, Supplier<String> suspended) {
        super("camel", "producer:dewatermark-" + id);
        this.uri = uri;
        this.gate = gate;
        this.balance = balance;
        this.minimum = BigDecimal.valueOf(minimum);
        this.suspended = suspended;
    }

    @Override
    public boolean isLiveness() {
        return false; // a restart would solve none of these problems
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        result.detail(HealthCheck.ENDPOINT_URI, uri);
        String routes = suspended.get();
        Duration heldBack = gate.closedFor();
        if (routes != null) {
            down(result, routes);
        } else if (!heldBack.isZero()) {
            down(
                    result,
                    "The platform refuses calls for now (429 or 503): they are held back for another "
                            + heldBack.plusMillis(999).toSeconds() + " s. If this persists, send fewer at once"
                            + " (option maxConcurrentRequests)");
        } else {
            lookUp(result);
        }
    }

    private void lookUp(HealthCheckResultBuilder result) {
        try {
            balance.latest().get(LONGEST_WAIT.toMillis(), TimeUnit.MILLISECONDS);
            judge(result);
        } catch (ExecutionException e) {
            failed(result, e.getCause());
        } catch (TimeoutException e) {
            judge(result);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            result.unknown().message("Interrupted");
        }
    }

    private void judge(HealthCheckResultBuilder result) {
        BigDecimal available = balance.available();
        if (available == null) {
            down(result, "It isn't known yet whether the key is accepted: the platform hasn't answered");
            return;
        }
        result.detail(AVAILABLE_CREDIT, available);
        if (minimum.signum() > 0) {
            result.detail(MINIMUM_CREDIT, minimum);
        }
        if (available.compareTo(minimum) < 0) {
            down(
                    result,
                    "The account has " + Credits.text(available) + ", and the option minimumCredit is "
                            + Credits.number(minimum)
                            + ": nothing is sent until credits are bought");
        } else {
            result.up();
        }
    }

    private static void down(HealthCheckResultBuilder result, String message) {
        result.down().message(message).detail(REASON, message);
    }

    private static void failed(HealthCheckResultBuilder result, Throwable cause) {
        result.error(cause);
        if (cause instanceof DewatermarkAuthenticationException e) {
            result.detail(HealthCheck.HTTP_RESPONSE_CODE, e.status());
            down(result, "The API key isn't accepted: set the option apiKey to one that is. " + e.getMessage());
        } else {
            down(result, "The balance can't be looked up: " + cause.getMessage());
        }
    }
}
