package io.github.cameldewatermark;

import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.throttle.Balance;
import io.github.cameldewatermark.client.throttle.CallDispatcher;
import io.github.cameldewatermark.client.throttle.Delays;
import io.github.cameldewatermark.client.throttle.RateGate;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import io.github.cameldewatermark.health.DewatermarkHealthCheck;
import io.github.cameldewatermark.journal.Claims;
import io.github.cameldewatermark.journal.FolderJournal;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.operation.AccountId;
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
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.util.URISupport;

/** What the endpoints of a started component share: threads, HTTP clients, rate gates, balances, journals, temp folder. */
final class SharedResources implements AutoCloseable {

    private final DewatermarkComponent component;
    private final ThreadPools threads;
    private final Backlog backlog = new Backlog();
    private final CamelHttpClients httpClients;
    /** By base URL and API key. */
    private final Map<List<String>, Account> accounts = new ConcurrentHashMap<>();

    private final Delays balanceDelays;
    private final Map<Path, OpenFolder> folders = new ConcurrentHashMap<>();
    private final Map<Journal, Claims> beans = new ConcurrentHashMap<>();
    private final Set<Operation> operations = ConcurrentHashMap.newKeySet();
    private final TempFolder tempFolder = new TempFolder();
    private final Conversions conversions = new Conversions();

    SharedResources(DewatermarkComponent component) {
        this.component = component;
        threads = new ThreadPools(component.getCamelContext(), component, component.getMaxConcurrentRequests());
        httpClients = new CamelHttpClients(component);
        balanceDelays = new Delays(threads.timer(), threads.workers());
        tempFolder.sweep();
    }

    /** Creates what an operation needs; called when its producer starts. */
    OperationContext operationContext(DewatermarkOperation operation, DewatermarkConfiguration options)
            throws Exception {
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
                client,
                account.gate(),
                account.balance(),
                threads.timer(),
                threads.workers(),
                backlog,
                tempFolder,
                conversions,
                component.activity(),
                account.id(),
                operation == DewatermarkOperation.credit ? null : claims(options));
    }

    /** Creates the health check of an endpoint whose operation exists already. Needs camel-health. */
    HealthCheck healthCheck(DewatermarkEndpoint endpoint) {
        DewatermarkConfiguration options = endpoint.getConfiguration();
        Account account = accounts.get(accountKey(options));
        return new DewatermarkHealthCheck(
                endpoint.getOperation() + "-" + endpoint.getId(),
                URISupport.sanitizeUri(endpoint.getEndpointUri()),
                account.gate(),
                account.balance(),
                options.getMinimumCredit(),
                () -> AccountRoutePolicy.suspended(component.getCamelContext()),
                threads.threads());
    }

    /** Registers an operation, so that its waits end when the component stops. */
    void started(Operation operation) {
        operations.add(operation);
    }

    void stopped(Operation operation) {
        operations.remove(operation);
    }

    Workers workers() {
        return threads.workers();
    }

    Backlog backlog() {
        return backlog;
    }

    /** Rejects new exchanges, ends all waits and closes the connections; then lets the workers complete all exchanges. */
    @Override
    public void close() {
        backlog.close();
        operations.forEach(Operation::close);
        balanceDelays.close();
        httpClients.close();
        threads.shutdown();
        folders.values().forEach(folder -> folder.claims().journal().close());
        tempFolder.close();
    }

    /**
     * Creates what the users of one API key share. A balance lookup serves all operations with this key, so it has delays of
     * its own, which continue when one of the operations is stopped.
     */
    private Account account(String baseUrl, DewatermarkClient client) {
        RateGate gate = new RateGate(Clock.systemUTC());
        Balance balance = new Balance(
                patience -> new CallDispatcher(
                                gate,
                                balanceDelays,
                                patience,
                                component.activity().calls(),
                                client::credit)
                        .call(ApiCall.CREDIT, client::credit),
                Clock.systemUTC());
        return new Account(gate, balance, new AccountId(baseUrl, component.getAccount(), balance));
    }

    /** Returns the claims on the journal of an endpoint, or {@code null} if it has none. A bean isn't closed here. */
    private Claims claims(DewatermarkConfiguration options) {
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
                    "journalDirectory", "The option journalDirectory doesn't do: " + e.getMessage(), e);
        }
    }

    private Set<String> signedUrlHosts() {
        return Arrays.stream(component.getSignedUrlHosts().split(","))
                .map(String::trim)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toSet());
    }

    /** What all endpoints with the same base URL and API key share. */
    private record Account(RateGate gate, Balance balance, AccountId id) {}

    /** A journal in a folder, with its options. */
    private record OpenFolder(Duration retention, long maxSize, Claims claims) {}

    private static List<String> accountKey(DewatermarkConfiguration options) {
        return List.of(options.getBaseUrl(), options.getApiKey());
    }
}
