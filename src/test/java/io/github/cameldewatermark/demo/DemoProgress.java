package io.github.cameldewatermark.demo;

import io.github.cameldewatermark.DewatermarkConstants;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.Exchange;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.support.EventNotifierSupport;

/** Follows the files through the route by Camel's events: a line when one begins, and one when it ends. */
final class DemoProgress extends EventNotifierSupport {

    /** What became of a file; {@code problem} is {@code null} if it was cleaned. */
    record Result(String file, String operation, double seconds, BigDecimal credits, String problem) {}

    private static final String ROUTE = "watched-folder";

    private final List<Result> results = new CopyOnWriteArrayList<>();
    private final CountDownLatch left;

    DemoProgress(int files) {
        left = new CountDownLatch(files);
    }

    @Override
    public void notify(CamelEvent event) {
        if (event instanceof ExchangeCreatedEvent created && isFile(created.getExchange())) {
            Demo.say("%-22s %s ...%n", name(created.getExchange()), operation(created.getExchange()));
        } else if (event instanceof ExchangeCompletedEvent completed && isFile(completed.getExchange())) {
            done(completed.getExchange(), null);
        } else if (event instanceof ExchangeFailedEvent failed && isFile(failed.getExchange())) {
            Throwable cause = failed.getCause();
            done(failed.getExchange(), cause == null ? "failed" : cause.getMessage());
        }
    }

    /** Waits until as many files are done as there were to begin with. */
    void await() throws InterruptedException {
        left.await();
    }

    List<Result> results() {
        return List.copyOf(results);
    }

    boolean allCleaned() {
        return results.stream().allMatch(result -> result.problem() == null);
    }

    private void done(Exchange exchange, String problem) {
        BigDecimal credits = exchange.getMessage().getHeader(DewatermarkConstants.CREDITS_CHARGED, BigDecimal.class);
        double seconds = exchange.getClock().elapsed() / 1000.0;
        Result result = new Result(
                name(exchange),
                operation(exchange),
                seconds,
                credits == null ? null : credits.stripTrailingZeros(),
                problem);
        results.add(result);
        Demo.say(
                "%-22s %s in %.1f s%s%n",
                result.file(),
                problem == null ? "clean" : "FAILED",
                seconds,
                problem == null ? ", " + result.credits() + " credits" : ": " + problem);
        left.countDown();
    }

    private static boolean isFile(Exchange exchange) {
        return ROUTE.equals(exchange.getFromRouteId());
    }

    private static String name(Exchange exchange) {
        return exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
    }

    private static String operation(Exchange exchange) {
        return DemoReport.isClip(name(exchange)) ? "video" : "erase";
    }
}
