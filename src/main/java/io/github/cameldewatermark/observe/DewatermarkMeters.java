package io.github.cameldewatermark.observe;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.throttle.CallStatistics;
import io.github.cameldewatermark.client.throttle.CallStatistics.CallOutcome;
import io.github.cameldewatermark.task.TasksInFlight;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.TimeGauge;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.StartupListener;

/**
 * Shows the figures of a component as Micrometer meters. The meters read the same counters as JMX, whenever the registry is
 * queried. This class is loaded only if Micrometer is on the class path.
 *
 * <p>The registry is looked up when the context has started, so that an application can bind it until then. No figures are
 * lost by that, because they are counted from the creation of the component.
 */
public final class DewatermarkMeters implements StartupListener {

    private final DewatermarkComponent component;
    private final Activity activity;
    private final List<Meter> meters = new ArrayList<>();
    private MeterRegistry registry;
    private boolean removed;

    public DewatermarkMeters(DewatermarkComponent component) {
        this.component = component;
        this.activity = component.activity();
    }

    /** Registers the meters as soon as the context has started, or now if it has. */
    public void show() throws Exception {
        component.getCamelContext().addStartupListener(this);
    }

    @Override
    public void onCamelContextStarted(CamelContext context, boolean alreadyStarted) {
        add(context);
    }

    /**
     * Tries again: a producer that was created between the start of the context and its full start, as for a dynamic
     * endpoint, has missed the first event.
     */
    @Override
    public void onCamelContextFullyStarted(CamelContext context, boolean alreadyStarted) {
        add(context);
    }

    private synchronized void add(CamelContext context) {
        if (registry != null || removed) {
            return;
        }
        registry = registry(context);
        if (registry == null) {
            return;
        }
        Tags tags = Tags.of("camelContext", context.getName(), "component", name(context));
        calls(tags);
        tasks(tags);
        exchanges(tags);
        credits(tags);
    }

    private void exchanges(Tags tags) {
        meters.add(
                Gauge.builder("dewatermark.exchanges.inflight", component, DewatermarkComponent::getInflightExchanges)
                        .description("Exchanges that are being worked on")
                        .tags(tags)
                        .register(registry));
        meters.add(Gauge.builder("dewatermark.exchanges.waiting", component, DewatermarkComponent::getWaitingExchanges)
                .description("Exchanges that wait for their turn")
                .tags(tags)
                .register(registry));
        ExchangeStatistics exchanges = activity.exchanges();
        meters.add(FunctionCounter.builder(
                        "dewatermark.results.remembered", exchanges, ExchangeStatistics::rememberedResults)
                .description("Results that were delivered for nothing, as they were paid for before")
                .tags(tags)
                .register(registry));
        exchanges.tell(failure -> failure(tags, failure));
    }

    private synchronized void failure(Tags tags, ExchangeStatistics.Failure failure) {
        if (!removed) {
            meters.add(FunctionCounter.builder(
                            "dewatermark.failures", activity.exchanges(), made -> made.failures(failure))
                    .description("Exchanges that failed")
                    .tags(tags.and("exception", failure.exception(), "billed", value(failure.billed())))
                    .register(registry));
        }
    }

    private void credits(Tags tags) {
        meters.add(FunctionCounter.builder("dewatermark.credits.charged", component, made -> made.getCreditsCharged()
                        .doubleValue())
                .description("Credits charged, by the price list, for what is done")
                .tags(tags)
                .register(registry));
        meters.add(Gauge.builder("dewatermark.credits.available", component, made -> number(made.getCreditsAvailable()))
                .description("Credits that are left, as far as is known, of the account that has the fewest")
                .tags(tags)
                .register(registry));
        meters.add(Gauge.builder("dewatermark.spending.left", component, made -> number(made.getSpendingLeft()))
                .description("Credits that maximumSpend still allows to be spent")
                .tags(tags)
                .register(registry));
    }

    private static double number(BigDecimal credits) {
        return credits == null ? Double.NaN : credits.doubleValue();
    }

    private void calls(Tags tags) {
        CallStatistics calls = activity.calls();
        for (ApiCall call : ApiCall.values()) {
            for (CallOutcome outcome : CallOutcome.values()) {
                meters.add(FunctionTimer.builder(
                                "dewatermark.calls",
                                calls,
                                made -> made.calls(call, outcome),
                                made -> made.time(call, outcome).toNanos(),
                                TimeUnit.NANOSECONDS)
                        .description("Calls to the platform and its storage, repeats and polls included")
                        .tags(tags.and("call", value(call), "outcome", value(outcome)))
                        .register(registry));
            }
        }
        meters.add(FunctionTimer.builder(
                        "dewatermark.calls.throttled",
                        calls,
                        CallStatistics::rateLimitWaits,
                        made -> made.rateLimitTime().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Calls that were held back for a rate limit, and for how long")
                .tags(tags)
                .register(registry));
    }

    private void tasks(Tags tags) {
        TasksInFlight tasks = activity.tasks();
        meters.add(Gauge.builder("dewatermark.tasks.inflight", component, DewatermarkComponent::getInflightTasks)
                .description("Tasks that are being waited for")
                .tags(tags)
                .register(registry));
        meters.add(TimeGauge.builder(
                        "dewatermark.tasks.oldest", tasks, TimeUnit.MILLISECONDS, DewatermarkMeters::oldestMillis)
                .description("For how long the oldest of these tasks has been waited for")
                .tags(tags)
                .register(registry));
        meters.add(FunctionTimer.builder(
                        "dewatermark.tasks.poll.delay",
                        tasks,
                        TasksInFlight::completed,
                        seen -> seen.pollDelay().toNanos(),
                        TimeUnit.NANOSECONDS)
                .description("Tasks that were completed, and for how long at most before that was noticed")
                .tags(tags)
                .register(registry));
    }

    /** Removes the meters from the registry; none is added after that. */
    public synchronized void remove() {
        removed = true;
        for (Meter meter : meters) {
            registry.remove(meter);
        }
        meters.clear();
    }

    private static double oldestMillis(TasksInFlight tasks) {
        Instant now = Instant.now();
        return tasks.list().stream()
                .findFirst()
                .map(task -> task.age(now).toMillis())
                .orElse(0L);
    }

    /**
     * Returns the meter registry of a context, or {@code null} if it has none. If it has several, a composite registry, such
     * as the one that Spring Boot creates, is preferred.
     */
    private static MeterRegistry registry(CamelContext context) {
        Set<MeterRegistry> registries = context.getRegistry().findByType(MeterRegistry.class);
        return registries.stream()
                .filter(CompositeMeterRegistry.class::isInstance)
                .findFirst()
                .or(() -> registries.stream().findFirst())
                .orElse(null);
    }

    private String name(CamelContext context) {
        return DewatermarkComponent.all(context).entrySet().stream()
                .filter(named -> named.getValue() == component)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElse("dewatermark");
    }

    private static String value(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT);
    }
}
