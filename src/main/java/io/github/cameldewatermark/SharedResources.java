package io.github.cameldewatermark;

import io.github.cameldewatermark.client.ApiCall;
import io.github.cameldewatermark.client.Balance;
import io.github.cameldewatermark.client.CallDispatcher;
import io.github.cameldewatermark.client.Delays;
import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.RateGate;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.TempFolder;
import io.github.cameldewatermark.video.FileTaskJournal;
import io.github.cameldewatermark.video.TaskJournal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;

/** What the endpoints of a started component share: workers, timer, HTTP clients, rate gates, balances, journals, temp folder. */
final class SharedResources implements AutoCloseable {

    private final DewatermarkComponent component;
    private final ThreadPools threads;
    private final Semaphore requestLimit;
    private final InFlightLimit inFlight;
    private final CamelHttpClients httpClients;
    private final Map<GateKey, RateGate> gates = new ConcurrentHashMap<>();
    private final Map<GateKey, Balance> balances = new ConcurrentHashMap<>();
    private final Delays balanceDelays;
    private final Map<Path, TaskJournal> journals = new ConcurrentHashMap<>();
    private final Set<Operation> operations = ConcurrentHashMap.newKeySet();
    private final TempFolder tempFolder = new TempFolder();

    SharedResources(DewatermarkComponent component) {
        this.component = component;
        threads = new ThreadPools(component.getCamelContext(), component, component.getMaxConcurrentRequests());
        requestLimit = new Semaphore(component.getMaxConcurrentRequests());
        inFlight = new InFlightLimit(component.getMaxInFlight());
        httpClients = new CamelHttpClients(component);
        balanceDelays = new Delays(threads.timer(), threads.workers());
        tempFolder.sweep();
    }

    /** What an operation needs; made when its producer starts. */
    OperationContext operationContext(DewatermarkConfiguration options) throws Exception {
        DewatermarkClient client = DewatermarkClient.builder()
                .apiKey(options.getApiKey())
                .baseUrl(options.getBaseUrl())
                .signedUrlHosts(signedUrlHosts())
                .requestLimit(requestLimit)
                .httpClient(httpClients.client(options))
                .build();
        GateKey account = new GateKey(options.getBaseUrl(), options.getApiKey());
        RateGate gate = gates.computeIfAbsent(account, key -> new RateGate(Clock.systemUTC()));
        Balance balance = balances.computeIfAbsent(account, key -> balance(client, gate));
        return new OperationContext(
                component.getCamelContext(),
                client,
                gate,
                balance,
                threads.timer(),
                threads.workers(),
                tempFolder,
                component.activity(),
                journal(options));
    }

    /** An operation whose waits must not outlive the component. */
    void started(Operation operation) {
        operations.add(operation);
    }

    void stopped(Operation operation) {
        operations.remove(operation);
    }

    Executor workers() {
        return threads.workers();
    }

    InFlightLimit inFlight() {
        return inFlight;
    }

    /** First turns away and cuts off, then lets the workers complete every exchange with what that comes to. */
    @Override
    public void close() {
        inFlight.close();
        operations.forEach(Operation::close);
        balanceDelays.close();
        httpClients.close();
        threads.shutdown();
        tempFolder.close();
    }

    /** Its looks serve all who use the account, so they go on when one of those is stopped. */
    private Balance balance(DewatermarkClient client, RateGate gate) {
        return new Balance(
                patience -> new CallDispatcher(
                                gate,
                                balanceDelays,
                                patience,
                                component.activity().calls())
                        .call(ApiCall.CREDIT, client::credit),
                Clock.systemUTC());
    }

    private TaskJournal journal(DewatermarkConfiguration options) {
        String directory = options.getJournalDirectory();
        if (directory == null) {
            return options.getTaskJournal();
        }
        try {
            return journals.computeIfAbsent(Path.of(directory), FileTaskJournal::new);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("The option journalDirectory doesn't do: " + e.getMessage(), e);
        }
    }

    private Set<String> signedUrlHosts() {
        return Arrays.stream(component.getSignedUrlHosts().split(","))
                .map(String::trim)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toSet());
    }

    private record GateKey(String baseUrl, String apiKey) {
        @Override
        public String toString() {
            return baseUrl; // not the key
        }
    }
}
