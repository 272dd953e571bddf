package io.github.cameldewatermark;

import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.observe.ExchangeStatistics;
import io.github.cameldewatermark.operation.Backlog;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.Outcome;
import io.github.cameldewatermark.runtime.InterruptedFiles;
import io.github.cameldewatermark.runtime.OptionalPart;
import io.github.cameldewatermark.runtime.SharedResources;
import io.github.cameldewatermark.runtime.Workers;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.health.WritableHealthCheckRepository;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.util.URISupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the operation of the endpoint for each exchange on a worker, and completes the exchange exactly once. This is the
 * only class that uses an {@link AsyncCallback}.
 */
public class DewatermarkProducer extends DefaultAsyncProducer {

    private static final Logger LOG = LoggerFactory.getLogger(DewatermarkProducer.class);

    private Operation operation;
    private Backlog backlog;
    private Workers workers;
    private HealthCheck healthCheck;

    public DewatermarkProducer(DewatermarkEndpoint endpoint) {
        super(endpoint);
    }

    @Override
    public DewatermarkEndpoint getEndpoint() {
        return (DewatermarkEndpoint) super.getEndpoint();
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        SharedResources shared = getEndpoint().getComponent().shared();
        backlog = shared.backlog();
        workers = shared.workers();
        operation = getEndpoint().createOperation();
        shared.started(operation);
        getEndpoint().getComponent().showMeters();
        String uri = URISupport.sanitizeUri(getEndpoint().getEndpointUri());
        boolean checked = getEndpoint().getComponent().isHealthCheckProducerEnabled();
        if (checked && getEndpoint().getOperation() != DewatermarkOperation.credit) {
            shared.accounts().checkKey(uri, getEndpoint().getConfiguration());
        }
        WritableHealthCheckRepository checks = healthChecks();
        if (checks != null) {
            healthCheck = shared.accounts()
                    .healthCheck(
                            getEndpoint().getOperation() + "-" + getEndpoint().getId(),
                            uri,
                            getEndpoint().getConfiguration(),
                            () -> AccountRoutePolicy.suspended(getEndpoint().getCamelContext()));
            healthCheck.setEnabled(checked);
            checks.addHealthCheck(healthCheck);
        }
    }

    @Override
    protected void doStop() throws Exception {
        if (healthCheck != null) {
            healthChecks().removeHealthCheck(healthCheck);
            healthCheck = null;
        }
        if (operation != null) {
            operation.close();
            getEndpoint().getComponent().shared().stopped(operation);
        }
        super.doStop();
    }

    /** Returns the repository of producer health checks, or {@code null} without camel-health. */
    private WritableHealthCheckRepository healthChecks() {
        if (!OptionalPart.CAMEL_HEALTH.isThere()) {
            return null;
        }
        return HealthCheckHelper.getHealthCheckRepository(
                getEndpoint().getCamelContext(), "producers", WritableHealthCheckRepository.class);
    }

    /** Asynchronous, but while there are too many exchanges, the caller waits, which slows its consumer down. */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        try {
            Backlog.Place place = accept(exchange, callback);
            if (!workers.isWorker()) { // which never waits, as others may wait for it
                place.awaitRoom();
            }
        } catch (RejectedExecutionException e) {
            exchange.setException(e);
            InterruptedFiles.interrupt(exchange); // nothing was sent, so its file may be processed later
            callback.done(true);
            return true;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the exchange is accepted, and ends as any other
        }
        return false;
    }

    private Backlog.Place accept(Exchange exchange, AsyncCallback callback) {
        Backlog.Place place = backlog.enter();
        Runnable task = () -> run(exchange, callback, place);
        try {
            if (workers.isWorker()) {
                workers.executeNext(task);
            } else {
                workers.execute(task);
            }
        } catch (RejectedExecutionException e) {
            place.leave();
            throw e;
        }
        return place;
    }

    private void run(Exchange exchange, AsyncCallback callback, Backlog.Place place) {
        CompletableFuture<Outcome> result;
        try {
            AccountRoutePolicy policy = isEnding() ? null : AccountRoutePolicy.of(exchange);
            result = policy == null ? operation.execute(exchange) : policy.execute(exchange, operation);
        } catch (Throwable e) { // an Error as well: an exchange that isn't completed would hang for ever
            result = CompletableFuture.failedFuture(e);
        }
        result.whenComplete((outcome, error) -> complete(exchange, callback, place, outcome, error));
    }

    private boolean isEnding() {
        return isStoppingOrStopped() || getEndpoint().getComponent().isStoppingOrStopped();
    }

    private void complete(
            Exchange exchange, AsyncCallback callback, Backlog.Place place, Outcome outcome, Throwable error) {
        try {
            if (!operation.isRemembered() && !Failures.isFree(error)) {
                InterruptedFiles.mustNotStay(exchange);
            }
            if (error == null) {
                outcome.applyTo(exchange.getMessage());
            } else {
                fail(exchange, Failures.cause(error));
            }
        } catch (Throwable e) {
            exchange.setException(e);
        }
        count(exchange);
        place.answered();
        workers.release(); // the route may go on for as long as it likes
        try {
            callback.done(false);
        } catch (Throwable e) { // an Error of a later step, which is logged nowhere else
            LOG.error(
                    "Exchange {} ({}) can't continue: a later step threw an Error, which Camel doesn't handle. Its result, if it"
                            + " was paid for, is not delivered",
                    exchange.getExchangeId(),
                    exchange.getMessage().getHeader(Exchange.FILE_NAME, "no file name", String.class),
                    e);
            throw e;
        } finally {
            place.leave();
        }
    }

    /** What stays, to be processed later, hasn't failed. Whoever observes, such as a meter registry, changes nothing of the end. */
    private void count(Exchange exchange) {
        ExchangeStatistics exchanges = getEndpoint().getComponent().activity().exchanges();
        String id = exchange.getExchangeId();
        try {
            if (exchange.getException() == null) {
                exchanges.succeeded(id);
            } else if (exchange.getException() instanceof DewatermarkException e
                    && !exchange.getExchangeExtension().isInterrupted()) {
                exchanges.failed(id, exchange.getMessage().getHeader(Exchange.FILE_NAME, id, String.class), e);
            }
        } catch (Throwable e) {
            LOG.warn("How exchange {} ended can't be counted", id, e);
        }
    }

    /**
     * Ends an exchange with an exception. If the route is being stopped, and its next start can process the same message
     * without a second charge, the exchange is interrupted and not failed. If it can't, that is logged, because in a stop by
     * force Camel runs no error handler.
     */
    private void fail(Exchange exchange, Throwable cause) {
        exchange.setException(cause);
        if (!isEnding() || !(cause instanceof DewatermarkException end)) {
            return;
        }
        if (!operation.canBeginAgain(exchange, end) || !InterruptedFiles.interrupt(exchange)) {
            LOG.warn(
                    "{} failed when its route was stopped, billed {}: {}",
                    exchange.getMessage().getHeader(Exchange.FILE_NAME, exchange.getExchangeId(), String.class),
                    end.billed(),
                    end.getMessage());
        }
    }
}
