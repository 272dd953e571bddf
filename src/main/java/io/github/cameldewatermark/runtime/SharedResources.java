package io.github.cameldewatermark.runtime;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import io.github.cameldewatermark.journal.Claims;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.folder.FolderJournal;
import io.github.cameldewatermark.observe.Activity;
import io.github.cameldewatermark.operation.Backlog;
import io.github.cameldewatermark.operation.Conversions;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.OperationContext;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.camel.spi.ExecutorServiceManager;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.util.concurrent.ThreadPoolRejectedPolicy;

/** What the endpoints of a started component share: threads, HTTP clients, rate gates, balances, journals, temp folder. */
public final class SharedResources implements AutoCloseable {

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
    private final Accounts accounts;
    private final Map<Path, OpenFolder> folders = new ConcurrentHashMap<>();
    private final Map<Journal, Claims> beans = new ConcurrentHashMap<>();
    private final Set<Operation> operations = ConcurrentHashMap.newKeySet();
    private final TempFolder tempFolder = new TempFolder();
    private final Conversions conversions = new Conversions();

    private record OpenFolder(Duration retention, long maxSize, Claims claims) {}

    public SharedResources(DewatermarkComponent component, Activity activity) {
        this.component = component;
        this.activity = activity;
        threads = component.getCamelContext().getExecutorServiceManager();
        pool = threads.newCachedThreadPool(component, "Dewatermark");
        timer = threads.newScheduledThreadPool(component, "DewatermarkTimer", timerProfile());
        workers = new Workers(pool, component.getMaxConcurrentRequests());
        httpClients = new CamelHttpClients(component);
        accounts = new Accounts(component, activity, timer, pool, workers);
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
                .signedUrlHosts(Pattern.compile("[\\s,]+")
                        .splitAsStream(component.getSignedUrlHosts())
                        .filter(host -> !host.isEmpty())
                        .collect(Collectors.toSet()))
                .maxConcurrentRequests(Integer.MAX_VALUE) // the workers are the limit
                .httpClient(httpClients.client(options))
                .build();
        Accounts.Account account = accounts.of(options, client);
        OperationContext context = new OperationContext(
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
                claims == null ? account.ledger() : claims.journal().ledger());
        if (context.limit() != null) {
            accounts.limited(context.ledger(), context.limit());
        }
        return context;
    }

    public Accounts accounts() {
        return accounts;
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
        accounts.close();
        httpClients.close();
        stopThreads();
        folders.values().forEach(folder -> folder.claims().journal().close());
        tempFolder.close();
    }

    /**
     * Lets the workers finish their tasks, for as long as Camel gives thread pools to terminate; then interrupts them, and gives
     * them the same time again. An exchange that outlives the context leaves its file in place, to be processed again even if it
     * has been paid for. Tasks still queued after that run here: each belongs to an exchange that would otherwise hang for ever,
     * and fails at once because the connections are closed.
     */
    private void stopThreads() {
        threads.shutdownGraceful(timer);
        workers.close();
        threads.shutdownGraceful(pool);
        workers.runRest();
    }

    /** Returns the claims on the journal of an endpoint, or {@code null} if it has none. A bean isn't closed here. */
    public Claims claims(DewatermarkConfiguration options) {
        if (options.getJournalDirectory() != null) {
            return folderClaims(options);
        }
        return options.getJournal() == null ? null : beans.computeIfAbsent(options.getJournal(), Claims::new);
    }

    public List<Journal> journals() {
        return Stream.concat(
                        folders.values().stream().map(folder -> folder.claims().journal()), beans.keySet().stream())
                .toList();
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
}
