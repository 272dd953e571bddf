package io.github.cameldewatermark.runtime;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.CreditInfo;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.client.throttle.Balance;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.error.DewatermarkAuthenticationException;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import io.github.cameldewatermark.journal.Claims;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.Ledger;
import io.github.cameldewatermark.journal.MemoryLedger;
import io.github.cameldewatermark.journal.folder.FolderJournal;
import io.github.cameldewatermark.observe.Activity;
import io.github.cameldewatermark.observe.DewatermarkHealthCheck;
import io.github.cameldewatermark.operation.Backlog;
import io.github.cameldewatermark.operation.Conversions;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.OperationContext;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What the endpoints of a started component share: threads, HTTP clients, rate gates, balances, journals, temp folder. */
public final class SharedResources implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(SharedResources.class);

    private final DewatermarkComponent component;
    private final Activity activity;
    private final ExecutorServiceManager threads;
    /** Grows; for workers, and for what must not wait for one. */
    private final ExecutorService pool;
    /** Only hands over to the pool. */
    private final ScheduledExecutorService timer;

    private final Workers workers;
    private final Backlog backlog = new Backlog();
    private final CamelHttpClients httpClients;
    /** By base URL and API key. */
    private final Map<List<String>, Account> accounts = new ConcurrentHashMap<>();

    private final Set<List<String>> checkedKeys = ConcurrentHashMap.newKeySet();

    /** Of lookups of balances: each serves all operations with its key, and continues when one of them is stopped. */
    private final Delays balanceDelays;

    private final Map<Path, OpenFolder> folders = new ConcurrentHashMap<>();
    private final Map<Journal, Claims> beans = new ConcurrentHashMap<>();
    private final Set<Operation> operations = ConcurrentHashMap.newKeySet();
    private final TempFolder tempFolder = new TempFolder();
    private final Conversions conversions = new Conversions();

    /** What all endpoints with the same base URL and API key share. */
    private record Account(DewatermarkClient client, RateGate gate, Balance balance, Ledger ledger) {}

    private record OpenFolder(Duration retention, long maxSize, Claims claims) {}

    public SharedResources(DewatermarkComponent component, Activity activity) {
        this.component = component;
        this.activity = activity;
        threads = component.getCamelContext().getExecutorServiceManager();
        pool = threads.newCachedThreadPool(component, "Dewatermark");
        timer = threads.newScheduledThreadPool(component, "DewatermarkTimer", timerProfile());
        workers = new Workers(pool, component.getMaxConcurrentRequests());
        httpClients = new CamelHttpClients(component);
        balanceDelays = new Delays(timer, workers);
        tempFolder.sweep();
    }

    private static ThreadPoolProfile timerProfile() {
        ThreadPoolProfile profile = new ThreadPoolProfile("dewatermark-timer");
        profile.setPoolSize(1);
        profile.setMaxQueueSize(-1); // Camel's default rejects more than 1000 waiting tasks
        profile.setRejectedPolicy(ThreadPoolRejectedPolicy.Abort);
        return profile;
    }

    /**
     * Creates what an operation needs; called when its producer starts.
     *
     * @param claims on the journal of the endpoint; {@code null} if it has none
     */
    public OperationContext operationContext(DewatermarkConfiguration options, Claims claims) throws Exception {
        DewatermarkClient client = DewatermarkClient.builder()
                .apiKey(options.getApiKey())
                .baseUrl(options.getBaseUrl())
                .signedUrlHosts(signedUrlHosts())
                .maxConcurrentRequests(Integer.MAX_VALUE) // the workers are the limit
                .httpClient(httpClients.client(options))
                .build();
        Account account = accounts.computeIfAbsent(accountKey(options), key -> account(options.getBaseUrl(), client));
        return new OperationContext(
                component.getCamelContext(),
                options,
                client,
                account.gate(),
                account.balance(),
                new Delays(timer, workers),
                backlog,
                tempFolder,
                conversions,
                activity,
                component.prices(),
                claims,
                claims == null ? account.ledger() : claims.journal());
    }

    /**
     * Creates the health check of an endpoint whose operation exists already. Needs camel-health.
     *
     * @param uri       the URI of the endpoint, without the API key
     * @param suspended says which routes are suspended, and why; {@code null} if none is
     */
    public HealthCheck healthCheck(
            String id, String uri, DewatermarkConfiguration options, Supplier<String> suspended) {
        Account account = accounts.get(accountKey(options));
        return new DewatermarkHealthCheck(
                id,
                uri,
                account.gate(),
                account.balance(),
                () -> lookUpDirectly(account.client()),
                options.getMinimumCredit(),
                suspended);
    }

    /**
     * Asks the platform for the balance, once for each key, in the background and for nothing: so a key that is refused shows
     * before the first file. Whether the platform can be reached is left to the first file.
     *
     * @param uri the URI of an endpoint whose operation exists already, without the API key
     */
    public void checkKey(String uri, DewatermarkConfiguration options) {
        if (!checkedKeys.add(accountKey(options))) {
            return;
        }
        Account account = accounts.get(accountKey(options));
        account.balance().latest(() -> lookUpDirectly(account.client())).whenComplete((info, error) -> {
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
        Delays delays = new Delays(timer, pool);
        CallDispatcher direct = new CallDispatcher(
                new RateGate(Clock.systemUTC()), delays, Duration.ZERO, activity.calls(), client::credit);
        return CompletableFuture.supplyAsync(() -> direct.call(ApiCall.CREDIT, client::credit), pool)
                .thenCompose(Function.identity());
    }

    /** Registers an operation, so that its waits end when the component stops. */
    public void started(Operation operation) {
        operations.add(operation);
    }

    public void stopped(Operation operation) {
        operations.remove(operation);
    }

    public Workers workers() {
        return workers;
    }

    public Backlog backlog() {
        return backlog;
    }

    /** Rejects new exchanges, ends all waits and closes the connections; then lets the workers complete all exchanges. */
    @Override
    public void close() {
        backlog.close();
        operations.forEach(Operation::close);
        balanceDelays.close();
        httpClients.close();
        stopThreads();
        folders.values().forEach(folder -> folder.claims().journal().close());
        tempFolder.close();
    }

    /**
     * Lets the workers finish their tasks, for as long as Camel's shutdown timeout allows. Tasks still queued after that run
     * here: each belongs to an exchange that would otherwise hang for ever, and fails at once because the connections are
     * closed. Route steps that were interrupted then get the same time again: an exchange that outlives the context leaves
     * its file in place, to be processed again even if it has been paid for.
     */
    private void stopThreads() {
        threads.shutdownGraceful(timer);
        workers.close();
        pool.shutdown();
        awaitThreads();
        pool.shutdownNow();
        workers.runRest();
        awaitThreads();
        threads.shutdown(pool); // so that Camel forgets the pool
    }

    private void awaitThreads() {
        try {
            threads.awaitTermination(pool, threads.getShutdownAwaitTermination());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Account account(String baseUrl, DewatermarkClient client) {
        RateGate gate = new RateGate(Clock.systemUTC());
        Balance balance = new Balance(
                baseUrl,
                component.getAccount(),
                patience -> new CallDispatcher(gate, balanceDelays, patience, activity.calls(), client::credit)
                        .call(ApiCall.CREDIT, client::credit),
                Clock.systemUTC());
        return new Account(client, gate, balance, new MemoryLedger(Clock.systemUTC()));
    }

    private static List<String> accountKey(DewatermarkConfiguration options) {
        return List.of(options.getBaseUrl(), options.getApiKey());
    }

    /** Returns the claims on the journal of an endpoint, or {@code null} if it has none. A bean isn't closed here. */
    public Claims claims(DewatermarkConfiguration options) {
        if (options.getJournalDirectory() != null) {
            return folderClaims(options);
        }
        return options.getJournal() == null ? null : beans.computeIfAbsent(options.getJournal(), Claims::new);
    }

    private Claims folderClaims(DewatermarkConfiguration options) {
        Path folder = Path.of(options.getJournalDirectory()).toAbsolutePath().normalize();
        Duration retention = Duration.ofMillis(options.getResultRetention());
        long maxSize = ConfigurationCheck.bytes(options.getJournalMaxSize());
        OpenFolder open = folders.computeIfAbsent(folder, key -> open(key, retention, maxSize));
        if (!open.retention().equals(retention) || open.maxSize() != maxSize) {
            throw new DewatermarkOptionException(
                    "resultRetention",
                    "The options resultRetention and journalMaxSize must be the same"
                            + " for all endpoints with the journalDirectory " + folder);
        }
        return open.claims();
    }

    private static OpenFolder open(Path folder, Duration retention, long maxSize) {
        try {
            return new OpenFolder(retention, maxSize, new Claims(new FolderJournal(folder, retention, maxSize)));
        } catch (IllegalArgumentException e) {
            throw new DewatermarkOptionException(
                    "journalDirectory", "The option journalDirectory is wrong: " + e.getMessage(), e);
        }
    }

    private Set<String> signedUrlHosts() {
        return Arrays.stream(component.getSignedUrlHosts().split(","))
                .map(String::trim)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toSet());
    }
}
