package io.github.cameldewatermark.runtime;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.Balance;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.error.Credits;
import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.journal.Ledger;
import io.github.cameldewatermark.journal.MemoryLedger;
import io.github.cameldewatermark.journal.SpendingLimit;
import io.github.cameldewatermark.observe.Activity;
import io.github.cameldewatermark.observe.DewatermarkHealthCheck;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.camel.health.HealthCheck;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What all endpoints with the same base URL and API key share, and what an operator wants to know of it. */
public final class Accounts implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Accounts.class);

    private final DewatermarkComponent component;
    private final Activity activity;
    private final ScheduledExecutorService timer;
    /** For what must not wait for a worker. */
    private final Executor pool;

    /** Of lookups of balances: each serves all operations with its key, and continues when one of them is stopped. */
    private final Delays delays;

    private final Map<List<String>, Account> accounts = new ConcurrentHashMap<>();
    private final Set<List<String>> checkedKeys = ConcurrentHashMap.newKeySet();
    private final Set<Limited> limits = ConcurrentHashMap.newKeySet();

    /** @param ledger of those who have no journal */
    record Account(RateGate gate, Balance balance, Ledger ledger) {}

    private record Limited(Ledger ledger, SpendingLimit limit) {}

    Accounts(
            DewatermarkComponent component,
            Activity activity,
            ScheduledExecutorService timer,
            Executor pool,
            Workers workers) {
        this.component = component;
        this.activity = activity;
        this.timer = timer;
        this.pool = pool;
        this.delays = new Delays(timer, workers);
    }

    /** @param client makes the lookups, if this is the first of the account */
    Account of(DewatermarkConfiguration options, DewatermarkClient client) {
        return accounts.computeIfAbsent(key(options), key -> account(options.getBaseUrl(), client));
    }

    private Account account(String baseUrl, DewatermarkClient client) {
        RateGate gate = new RateGate(Clock.systemUTC());
        Balance balance = new Balance(
                baseUrl,
                component.getAccount(),
                patience -> new CallDispatcher(gate, delays, patience, activity.calls(), client::credit)
                        .call(ApiCall.CREDIT, client::credit),
                () -> lookUpDirectly(client),
                Clock.systemUTC());
        return new Account(gate, balance, new MemoryLedger());
    }

    private static List<String> key(DewatermarkConfiguration options) {
        return List.of(options.getBaseUrl(), options.getApiKey());
    }

    /** From now on, {@link #limitLeft} is about this limit, too. */
    void limited(Ledger ledger, SpendingLimit limit) {
        limits.add(new Limited(ledger, limit));
        try {
            ledger.spent(limit.period()); // from now on, a ledger in memory counts for this period, too
        } catch (IOException e) {
            LOG.debug("What is spent of {} isn't known yet", limit, e);
        }
    }

    /** Returns the credits of the account that has the fewest, as far as is known; {@code null} if nothing is. */
    public BigDecimal creditsAvailable() {
        return Credits.least(
                accounts.values().stream().map(account -> account.balance().available()));
    }

    /** Returns how many credits may still be spent, by the limit with the fewest; {@code null} if there is none. */
    public BigDecimal limitLeft() {
        return Credits.least(limits.stream().map(Accounts::left));
    }

    private static BigDecimal left(Limited limited) {
        try {
            return limited.limit()
                    .credits()
                    .subtract(limited.ledger().spent(limited.limit().period()))
                    .max(BigDecimal.ZERO);
        } catch (IOException e) {
            LOG.debug("What is left of {} isn't known", limited.limit(), e);
            return null;
        }
    }

    /**
     * Creates the health check of an endpoint whose operation exists already. Needs camel-health.
     *
     * @param uri       the URI of the endpoint, without the API key
     * @param suspended says which routes are suspended, and why; {@code null} if none is
     */
    public HealthCheck healthCheck(
            String id, String uri, DewatermarkConfiguration options, Supplier<String> suspended) {
        Account account = accounts.get(key(options));
        return new DewatermarkHealthCheck(
                id, uri, account.gate(), account.balance(), options.getMinimumCredit(), suspended);
    }

    /**
     * Asks the platform for the balance, once for each key, in the background and for nothing: so a key that is refused shows
     * before the first file. Whether the platform can be reached is left to the first file.
     *
     * @param uri the URI of an endpoint whose operation exists already, without the API key
     */
    public void checkKey(String uri, DewatermarkConfiguration options) {
        if (!checkedKeys.add(key(options))) {
            return;
        }
        Account account = accounts.get(key(options));
        account.balance().latest().whenComplete((info, error) -> {
            if (Failures.cause(error) instanceof DewatermarkAuthenticationException refusal) {
                LOG.warn(
                        "The platform refuses the API key of {}: set the option apiKey, or the environment variable that it"
                                + " comes from, such as DEWATERMARK_API_KEY, to one that is accepted. {}",
                        uri,
                        refusal.getMessage());
            } else if (error != null) {
                LOG.debug("The API key of {} can't be checked: {}", uri, error.toString());
            }
        });
    }

    /** With a gate of its own and on a thread that is no worker, so that a probe doesn't queue behind pictures. */
    private CompletableFuture<CreditInfo> lookUpDirectly(DewatermarkClient client) {
        Delays own = new Delays(timer, pool);
        CallDispatcher direct = new CallDispatcher(
                new RateGate(Clock.systemUTC()), own, Duration.ZERO, activity.calls(), client::credit);
        return CompletableFuture.supplyAsync(() -> direct.call(ApiCall.CREDIT, client::credit), pool)
                .thenCompose(Function.identity());
    }

    /** Ends the lookups that wait. */
    @Override
    public void close() {
        delays.close();
    }
}
