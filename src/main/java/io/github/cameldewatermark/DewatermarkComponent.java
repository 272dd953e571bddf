package io.github.cameldewatermark;

import io.github.cameldewatermark.body.SpooledBody;
import io.github.cameldewatermark.client.DewatermarkClientBuilder;
import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.client.http.ApiCall;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.observe.Activity;
import io.github.cameldewatermark.observe.DewatermarkMeters;
import io.github.cameldewatermark.runtime.InterruptedFiles;
import io.github.cameldewatermark.runtime.OptionalPart;
import io.github.cameldewatermark.runtime.SharedResources;
import io.github.cameldewatermark.runtime.Surroundings;
import io.github.cameldewatermark.task.TasksInFlight;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.SSLContextParametersAware;
import org.apache.camel.api.management.ManagedAttribute;
import org.apache.camel.api.management.ManagedOperation;
import org.apache.camel.api.management.ManagedResource;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.annotations.Component;
import org.apache.camel.support.HealthCheckComponent;
import org.apache.camel.support.jsse.SSLContextParameters;

/** Removes watermarks with the Dewatermark API: the options that all endpoints share. */
@Component("dewatermark")
@ManagedResource(description = "Managed Dewatermark component")
public class DewatermarkComponent extends HealthCheckComponent implements SSLContextParametersAware {

    @Metadata
    private DewatermarkConfiguration configuration = new DewatermarkConfiguration();

    @Metadata(label = "advanced", defaultValue = "16")
    private int maxConcurrentRequests = 16;

    @Metadata(label = "advanced")
    private String account;

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

    @Metadata(label = "proxy", defaultValue = "8080")
    private int proxyPort = 8080;

    @Metadata(label = "proxy", secret = true)
    private String proxyUsername;

    @Metadata(label = "proxy", secret = true)
    private String proxyPassword;

    @Metadata(label = "common", defaultValue = "1")
    private double creditsPerPicture = Prices.DEFAULT.picture().doubleValue();

    @Metadata(label = "common", defaultValue = "3")
    private double creditsPerProPicture = Prices.DEFAULT.proPicture().doubleValue();

    @Metadata(label = "common", defaultValue = "0.2")
    private double creditsPerSecond = Prices.DEFAULT.second().doubleValue();

    @Metadata(label = "common", defaultValue = "1")
    private double creditsPerTenPages = Prices.DEFAULT.tenPages().doubleValue();

    private final Activity activity = new Activity();
    private volatile SharedResources shared;
    private Prices prices;
    /** {@code null} if Micrometer is not on the class path. */
    private DewatermarkMeters meters;

    /** Returns the components of a context, by their names. */
    public static Map<String, DewatermarkComponent> all(CamelContext context) {
        Map<String, DewatermarkComponent> components = new TreeMap<>();
        for (String name : context.getComponentNames()) {
            if (context.hasComponent(name) instanceof DewatermarkComponent component) {
                components.put(name, component);
            }
        }
        return components;
    }

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
        Surroundings.check(getCamelContext());
        SpooledBody.addConvertersTo(getCamelContext().getTypeConverterRegistry());
        InterruptedFiles.letStay(getCamelContext()); // in OSGi, where Camel doesn't find the plugin
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        if (maxConcurrentRequests < 1) {
            throw new DewatermarkOptionException(
                    "maxConcurrentRequests", "The option maxConcurrentRequests must be at least 1");
        }
        prices = new Prices(
                price("creditsPerPicture", creditsPerPicture),
                price("creditsPerProPicture", creditsPerProPicture),
                price(Prices.PER_SECOND, creditsPerSecond),
                price(Prices.PER_TEN_PAGES, creditsPerTenPages));
        shared = new SharedResources(this, activity);
        meters = OptionalPart.MICROMETER.isThere() ? new DewatermarkMeters(this) : null;
    }

    private static BigDecimal price(String option, double credits) {
        if (credits < 0 || !Double.isFinite(credits)) {
            throw new DewatermarkOptionException(
                    option, "The option " + option + " must be a number of credits, at least 0, not " + credits);
        }
        return BigDecimal.valueOf(credits);
    }

    /** Returns what is paid, once this is started. */
    public Prices prices() {
        return prices;
    }

    @Override
    protected void doStop() throws Exception {
        if (meters != null) {
            meters.remove();
        }
        if (shared != null) { // null if the start failed
            shared.close();
        }
        super.doStop();
    }

    /**
     * Registers the meters; called when a producer starts. Before the first producer there is nothing to show, and the
     * component may not be registered in the context yet.
     */
    void showMeters() throws Exception {
        if (meters != null) {
            meters.show();
        }
    }

    SharedResources shared() {
        return shared;
    }

    public Activity activity() {
        return activity;
    }

    /** Returns the journals of the endpoints that were started. */
    public List<Journal> journals() {
        return shared == null ? List.of() : shared.journals();
    }

    /** Returns a snapshot of the tasks that are being waited for, the oldest first. */
    public List<TasksInFlight.Snapshot> tasksInFlight() {
        return activity.tasks().list();
    }

    @ManagedAttribute(description = "Exchanges that are being worked on")
    public int getInflightExchanges() {
        return shared == null ? 0 : shared.backlog().size();
    }

    @ManagedAttribute(description = "Tasks that are being waited for")
    public int getInflightTasks() {
        return tasksInFlight().size();
    }

    @ManagedAttribute(description = "Calls to the platform and its storage, repeats and polls included")
    public long getCalls() {
        return activity.calls().calls();
    }

    @ManagedAttribute(description = "Polls of the status of tasks")
    public long getPolls() {
        return activity.calls().calls(ApiCall.VIDEO_STATUS) + activity.calls().calls(ApiCall.PDF_STATUS);
    }

    @ManagedAttribute(description = "Calls that failed, those that were repeated included")
    public long getFailedCalls() {
        return activity.calls().failedCalls();
    }

    @ManagedAttribute(description = "How often a call had to wait for a rate limit")
    public long getRateLimitWaits() {
        return activity.calls().rateLimitWaits();
    }

    @ManagedAttribute(description = "Credits charged, by the price list, for what is done")
    public BigDecimal getCreditsCharged() {
        return activity.charges().total();
    }

    @ManagedAttribute(description = "Exchanges that wait for their turn")
    public int getWaitingExchanges() {
        return shared == null ? 0 : shared.workers().waiting();
    }

    @ManagedAttribute(description = "Credits that are left, as far as is known, of the account that has the fewest")
    public BigDecimal getCreditsAvailable() {
        return shared == null ? null : shared.accounts().creditsAvailable();
    }

    @ManagedAttribute(description = "Credits that maximumSpend still allows to be spent")
    public BigDecimal getSpendingLeft() {
        return shared == null ? null : shared.accounts().limitLeft();
    }

    @ManagedAttribute(description = "Results that were delivered for nothing, as they were paid for before")
    public long getRememberedResults() {
        return activity.exchanges().rememberedResults();
    }

    @ManagedAttribute(description = "Exchanges that failed")
    public long getFailures() {
        return activity.exchanges().failures().values().stream()
                .mapToLong(count -> count)
                .sum();
    }

    @ManagedOperation(description = "How many exchanges failed, by exception and what was billed")
    public List<String> browseFailures() {
        return activity.exchanges().failures().entrySet().stream()
                .map(failure -> failure.getKey() + ": " + failure.getValue())
                .toList();
    }

    @ManagedOperation(description = "The tasks that are being waited for, the oldest first")
    public List<String> browseInflightTasks() {
        return Activity.lines(tasksInFlight().stream());
    }

    public DewatermarkConfiguration getConfiguration() {
        return configuration;
    }

    /** The defaults of all endpoints. */
    public void setConfiguration(DewatermarkConfiguration configuration) {
        this.configuration = configuration;
    }

    public String getAccount() {
        return account;
    }

    /**
     * The name of the account in the journal, instead of the user id that the credit call gives. What is paid for by
     * one account isn't paid for by others.
     */
    public void setAccount(String account) {
        this.account = account;
    }

    public double getCreditsPerPicture() {
        return creditsPerPicture;
    }

    /** What a picture costs. The platform reports only the balance, so all figures of credits come from these prices. */
    public void setCreditsPerPicture(double creditsPerPicture) {
        this.creditsPerPicture = creditsPerPicture;
    }

    public double getCreditsPerProPicture() {
        return creditsPerProPicture;
    }

    /** What a picture costs that the PRO model cleans (option pro). */
    public void setCreditsPerProPicture(double creditsPerProPicture) {
        this.creditsPerProPicture = creditsPerProPicture;
    }

    public double getCreditsPerSecond() {
        return creditsPerSecond;
    }

    /** What a second of a clip costs: 0.2 in the API document; the vendor has asked for 0.5 since. */
    public void setCreditsPerSecond(double creditsPerSecond) {
        this.creditsPerSecond = creditsPerSecond;
    }

    public double getCreditsPerTenPages() {
        return creditsPerTenPages;
    }

    /** What each ten pages of a PDF cost, or the rest of them. */
    public void setCreditsPerTenPages(double creditsPerTenPages) {
        this.creditsPerTenPages = creditsPerTenPages;
    }

    public int getMaxConcurrentRequests() {
        return maxConcurrentRequests;
    }

    /** The maximum number of HTTP calls at once, over all endpoints of this component. */
    public void setMaxConcurrentRequests(int maxConcurrentRequests) {
        this.maxConcurrentRequests = maxConcurrentRequests;
    }

    public String getSignedUrlHosts() {
        return signedUrlHosts;
    }

    /**
     * The hosts, separated by comma, that upload and download URLs of the platform may point to. The host of baseUrl is
     * always allowed. The URLs must be https, unless baseUrl itself is http.
     */
    public void setSignedUrlHosts(String signedUrlHosts) {
        this.signedUrlHosts = signedUrlHosts;
    }

    public HttpComponent getHttpComponent() {
        return httpComponent;
    }

    /**
     * The camel-http component to create the HTTP client with; its options for TLS, proxy and connection manager apply.
     * Default: the component named https (or http) of the context. Timeouts and the number of connections are always
     * those of this component, and retries, redirects and cookies are always off. It can't be combined with
     * sslContextParameters and proxyHost.
     */
    public void setHttpComponent(HttpComponent httpComponent) {
        this.httpComponent = httpComponent;
    }

    public SSLContextParameters getSslContextParameters() {
        return sslContextParameters;
    }

    /** TLS settings, for this component alone. */
    public void setSslContextParameters(SSLContextParameters sslContextParameters) {
        this.sslContextParameters = sslContextParameters;
    }

    @Override
    public boolean isUseGlobalSslContextParameters() {
        return useGlobalSslContextParameters;
    }

    /** Whether to use the TLS settings of the context. */
    @Override
    public void setUseGlobalSslContextParameters(boolean useGlobalSslContextParameters) {
        this.useGlobalSslContextParameters = useGlobalSslContextParameters;
    }

    public String getProxyHost() {
        return proxyHost;
    }

    /** The host of an HTTP proxy, for this component alone. */
    public void setProxyHost(String proxyHost) {
        this.proxyHost = proxyHost;
    }

    public int getProxyPort() {
        return proxyPort;
    }

    /** The port of proxyHost. */
    public void setProxyPort(int proxyPort) {
        this.proxyPort = proxyPort;
    }

    public String getProxyUsername() {
        return proxyUsername;
    }

    /** The user name for proxyHost, if it asks for one. */
    public void setProxyUsername(String proxyUsername) {
        this.proxyUsername = proxyUsername;
    }

    public String getProxyPassword() {
        return proxyPassword;
    }

    /** The password for proxyHost. */
    public void setProxyPassword(String proxyPassword) {
        this.proxyPassword = proxyPassword;
    }
}
