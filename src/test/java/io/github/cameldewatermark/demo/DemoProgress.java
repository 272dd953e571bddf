package io.github.cameldewatermark.demo;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.Credits;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.regex.Pattern;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCompletedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeCreatedEvent;
import org.apache.camel.spi.CamelEvent.ExchangeFailedEvent;
import org.apache.camel.support.EventNotifierSupport;

/**
 * Follows the files through the route by Camel's events: a line when one begins, and one when it ends, which is in the report
 * from then on.
 */
final class DemoProgress extends EventNotifierSupport {

    /**
     * What became of a file.
     *
     * @param original a copy
     * @param written  the clean file, or the text that says why there is none
     * @param problem  {@code null} if it was cleaned
     */
    record Result(
            String file,
            String operation,
            double seconds,
            BigDecimal credits,
            Path original,
            Path written,
            String problem) {}

    static final Pattern CLIP = Pattern.compile("(?i).*\\.(mp4|m4v|mov|mkv|webm|avi)");

    private static final Set<String> ROUTES = Set.of("watched-folder", "pay-again");

    /** A file in the route. */
    private record Begun(Path file, Path copy) {

        String name() {
            return file.getFileName().toString();
        }

        String operation() {
            return CLIP.matcher(name()).matches() ? "video" : "erase";
        }
    }

    private final DemoFolder folder;
    private final DemoReport report;
    private final Map<String, Begun> begun = new ConcurrentHashMap<>();
    private final List<Result> results = new CopyOnWriteArrayList<>();
    private final CountDownLatch left;

    DemoProgress(int files, DemoFolder folder, DemoReport report) {
        this.folder = folder;
        this.report = report;
        left = new CountDownLatch(files);
    }

    @Override
    public void notify(CamelEvent event) throws IOException {
        if (event instanceof ExchangeCreatedEvent created && isFile(created.getExchange())) {
            begin(created.getExchange());
        } else if (event instanceof ExchangeCompletedEvent completed && isFile(completed.getExchange())) {
            end(completed.getExchange(), handled(completed.getExchange()));
        } else if (event instanceof ExchangeFailedEvent failed && isFile(failed.getExchange())) {
            end(failed.getExchange(), failed.getCause());
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

    private void begin(Exchange exchange) throws IOException {
        Path file = Path.of(exchange.getProperty(ExchangePropertyKey.FILE_EXCHANGE_FILE, GenericFile.class)
                .getAbsoluteFilePath());
        // the original is moved, and may get another name
        Begun now = new Begun(file, folder.copyForReport(file));
        begun.put(exchange.getExchangeId(), now);
        Demo.say("%-22s %s ...%n", now.name(), now.operation());
    }

    private void end(Exchange exchange, Throwable failure) throws IOException {
        String problem = failure == null ? null : failure.getMessage();
        Begun file = begun.remove(exchange.getExchangeId());
        if (problem != null && Files.exists(file.file())) {
            Demo.say("%-22s WAITS: %s%n", file.name(), problem);
            return; // it begins anew later
        }
        BigDecimal credits = exchange.getMessage().getHeader(DewatermarkConstants.CREDITS_CHARGED, BigDecimal.class);
        Result result = new Result(
                file.name(),
                file.operation(),
                exchange.getClock().elapsed() / 1000.0,
                credits == null ? null : credits.stripTrailingZeros(),
                file.copy(),
                Path.of(exchange.getMessage().getHeader(Exchange.FILE_NAME_PRODUCED, String.class)),
                problem);
        results.add(result);
        report.add(result);
        Demo.say(
                "%-22s %s in %.1f s%s%n",
                result.file(),
                problem == null ? "clean" : "FAILED",
                result.seconds(),
                problem == null ? ", " + Credits.text(result.credits()) : ": " + problem);
        left.countDown();
    }

    /** The failure that the route has dealt with; {@code null} if there was none. */
    private static Throwable handled(Exchange exchange) {
        return exchange.getExchangeExtension().isFailureHandled()
                ? exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class)
                : null;
    }

    private static boolean isFile(Exchange exchange) {
        return exchange.getFromRouteId() != null && ROUTES.contains(exchange.getFromRouteId());
    }
}
