package io.github.cameldewatermark;

import io.github.cameldewatermark.client.DewatermarkClient;
import io.github.cameldewatermark.client.DewatermarkClientBuilder;
import io.github.cameldewatermark.client.RateGate;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.TempFolder;
import io.github.cameldewatermark.video.FileTaskJournal;
import io.github.cameldewatermark.video.TaskJournal;
import io.github.cameldewatermark.video.TasksInFlight;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.jsse.SSLContextParameters;

/**
 * Removes watermarks with the Dewatermark API. What its endpoints share lives here: the workers, the timer, the HTTP
 * clients, the rate gates, and the folder for temp files.
 */
@Component("dewatermark")
public class DewatermarkComponent extends DefaultComponent implements SSLContextParametersAware {

    @Metadata
    private DewatermarkConfiguration configuration = new DewatermarkConfiguration();

    @Metadata(label = "advanced", defaultValue = "1000")
    private int maxInFlight = 1000;

    @Metadata(label = "advanced", defaultValue = "16")
    private int maxConcurrentRequests = 16;

    @Metadata(label = "security", defaultValue = DewatermarkClientBuilder.DEFAULT_SIGNED_URL_HOST)
    private String signedUrlHosts = DewatermarkClientBuilder.DEFAULT_SIGNED_URL_HOST;

    @Metadata(label = "advanced")
    private HttpComponent httpComponent;

    @Metadata(label = "security")
    private SSLContextParameters sslContextParameters;

    @Metadata(label = "security", defaultValue = "false")
    private boolean useGlobalSslContextParameters;

    @Metadata(label = "proxy")
    private String proxyHost;

    @Metadata(label = "proxy")
    private Integer proxyPort;

    @Metadata(label = "proxy", secret = true)
    private String proxyUsername;

    @Metadata(label = "proxy", secret = true)
    private String proxyPassword;

    private final Map<GateKey, RateGate> gates = new ConcurrentHashMap<>();
    private final Map<Path, TaskJournal> journals = new ConcurrentHashMap<>();
    private final Set<Operation> operations = ConcurrentHashMap.newKeySet();
    private final TasksInFlight tasksInFlight = new TasksInFlight();
    private final TempFolder tempFolder = new TempFolder();
    private CamelHttpClients httpClients;
    private InFlightLimit inFlight;
    private Semaphore requestLimit;
    private ThreadPools threads;

    @Override
    protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) throws Exception {
        DewatermarkOperation operation = DewatermarkOperation.of(remaining);
        DewatermarkEndpoint endpoint = new DewatermarkEndpoint(uri, this, operation, configuration.copy());
        setProperties(endpoint, parameters);
        return endpoint;
    }

    @Override
    protected void doInit() throws Exception {
        super.doInit();
        InterruptedFiles.letStay(getCamelContext());
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (maxInFlight < 1 || maxConcurrentRequests < 1) {
            throw new IllegalArgumentException("The options maxInFlight and maxConcurrentRequests must be at least 1");
        }
        threads = new ThreadPools(getCamelContext(), this, maxConcurrentRequests);
        requestLimit = new Semaphore(maxConcurrentRequests);
        inFlight = new InFlightLimit(maxInFlight);
        httpClients = new CamelHttpClients(this);
        tempFolder.sweep();
    }

    @Override
    protected void doStop() throws Exception {
        if (threads == null) {
            return; // it never started
        }
        // first turn away and cut off, then let the workers complete every exchange with what that comes to
        inFlight.close();
        operations.forEach(Operation::close);
        httpClients.close();
        threads.shutdown();
        tempFolder.close();
        super.doStop();
    }

    /** What an operation needs; made when its producer starts. */
    OperationContext operationContext(DewatermarkConfiguration options) throws Exception {
        DewatermarkClient client = DewatermarkClient.builder()
                .apiKey(options.getApiKey())
                .baseUrl(options.getBaseUrl())
                .signedUrlHosts(signedUrlHostSet())
                .requestLimit(requestLimit)
                .httpClient(httpClients.client(options))
                .build();
        RateGate gate = gates.computeIfAbsent(
                new GateKey(options.getBaseUrl(), options.getApiKey()), key -> new RateGate(Clock.systemUTC()));
        return new OperationContext(
                getCamelContext(),
                client,
                gate,
                threads.timer(),
                threads.workers(),
                tempFolder,
                tasksInFlight,
                journal(options));
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

    /** An operation whose waits must not outlive this component. */
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

    /** The video tasks that are being waited for, as of now. */
    public List<TasksInFlight.Task> tasksInFlight() {
        return tasksInFlight.list();
    }

    private Set<String> signedUrlHostSet() {
        return Arrays.stream(signedUrlHosts.split(","))
                .map(String::trim)
                .filter(host -> !host.isEmpty())
                .collect(Collectors.toSet());
    }

    public DewatermarkConfiguration getConfiguration() {
        return configuration;
    }

    /**
     * The defaults of all endpoints.
     */
    public void setConfiguration(DewatermarkConfiguration configuration) {
        this.configuration = configuration;
    }

    public int getMaxInFlight() {
        return maxInFlight;
    }

    /**
     * How many exchanges may be worked on at once. At the bound the caller waits, so a consumer stops taking more.
     */
    public void setMaxInFlight(int maxInFlight) {
        this.maxInFlight = maxInFlight;
    }

    public int getMaxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    /**
     * How many HTTP calls may be under way at once, over all endpoints of this component. It is the number of worker
     * threads, too.
     */
    public void setMaxConcurrentRequests(int maxConcurrentRequests) {
        this.maxConcurrentRequests = maxConcurrentRequests;
    }

    public String getSignedUrlHosts() {
        return signedUrlHosts;
    }

    /**
     * The hosts, separated by comma, that upload and download URLs of the platform may point to, besides the host of
     * baseUrl. Only https is allowed, unless baseUrl itself is http.
     */
    public void setSignedUrlHosts(String signedUrlHosts) {
        this.signedUrlHosts = signedUrlHosts;
    }

    public HttpComponent getHttpComponent() {
        return httpComponent;
    }

    /**
     * The camel-http component whose HTTP client is used, with its options for TLS, proxy, pool and timeouts. Default:
     * the component named https (or http) of the context. Its retries, redirects and cookies are off in any case.
     */
    public void setHttpComponent(HttpComponent httpComponent) {
        this.httpComponent = httpComponent;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /**
     * TLS settings.
     */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    /**
     * Whether to use the TLS settings of the context.
     */
    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    /**
     * The host of an HTTP proxy.
     */
    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public Integer getProxyPort() {
        return proxyPort;
    }

    /**
     * The port of the HTTP proxy.
     */
    public void setProxyPort(Integer proxyPort) {
        this.proxyPort = proxyPort;
    }

    public String getProxyUsername() {
        return proxyUsername;
    }

    /**
     * The user name for the HTTP proxy.
     */
    public void setProxyUsername(String proxyUsername) {
        this.proxyUsername = proxyUsername;
    }

    public String getProxyPassword() {
        return proxyPassword;
    }

    /**
     * The password for the HTTP proxy.
     */
    public void setProxyPassword(String proxyPassword) {
        this.proxyPassword = proxyPassword;
    }

    private record GateKey(String baseUrl, String apiKey) {
        @Override
        public String toString() {
            return baseUrl; // not the key
        }
    }
}
