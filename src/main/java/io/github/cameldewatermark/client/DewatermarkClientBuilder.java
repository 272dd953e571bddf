package io.github.cameldewatermark.client;

import java.io.Closeable;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.ManagedHttpClientConnectionFactory;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.config.Http1Config;

/** Builds a {@link DewatermarkClient}. */
public final class DewatermarkClientBuilder {

    /** The platform. */
    public static final String DEFAULT_BASE_URL = "https://platform.dewatermark.ai";

    /** Where the platform stores clips. */
    public static final String DEFAULT_SIGNED_URL_HOST = "storage.googleapis.com";

    /** Without them, a head that doesn't end would fill the heap (before HttpCore 5.4). */
    private static final Http1Config HEAD_BOUNDS = Http1Config.custom()
            .setMaxLineLength(16 * 1024)
            .setMaxHeaderCount(100)
            .build();

    URI baseUrl = URI.create(DEFAULT_BASE_URL);
    String apiKey;
    Set<String> signedUrlHosts = Set.of(DEFAULT_SIGNED_URL_HOST);
    private HttpClient httpClient;
    private Semaphore requestLimit;
    private int maxConcurrentRequests = 16;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration responseTimeout = Duration.ofMinutes(5);

    DewatermarkClientBuilder() {}

    /** The API key, a secret; required. */
    public DewatermarkClientBuilder apiKey(String apiKey) {
        this.apiKey = apiKey;
        return this;
    }

    /**
     * Where the API is; default {@value #DEFAULT_BASE_URL}. It may have a path, with or without a slash at its end.
     *
     * @throws IllegalArgumentException it isn't an absolute http or https URL with a host
     */
    public DewatermarkClientBuilder baseUrl(String baseUrl) {
        URI uri;
        try {
            // a slash at the end would become two before the path
            uri = new URI(baseUrl.replaceFirst("/+$", ""));
        } catch (URISyntaxException e) {
            throw badBaseUrl(e);
        }
        boolean http = "http".equalsIgnoreCase(uri.getScheme()) || "https".equalsIgnoreCase(uri.getScheme());
        if (!http
                || uri.getHost() == null
                || uri.getQuery() != null
                || uri.getFragment() != null
                || uri.getUserInfo() != null) {
            throw badBaseUrl(null);
        }
        this.baseUrl = uri;
        return this;
    }

    /** Without the URL itself, which may hold a password. */
    private static IllegalArgumentException badBaseUrl(URISyntaxException cause) {
        String where = cause == null ? "" : " (" + cause.getReason() + " at index " + cause.getIndex() + ")";
        return new IllegalArgumentException("baseUrl must be a URL such as " + DEFAULT_BASE_URL + where);
    }

    /**
     * The hosts that signed URLs may point to, besides the host of the base URL; default
     * {@value #DEFAULT_SIGNED_URL_HOST}.
     */
    public DewatermarkClientBuilder signedUrlHosts(Set<String> hosts) {
        this.signedUrlHosts = Set.copyOf(hosts);
        return this;
    }

    /**
     * The HTTP client to use, which stays open. It must not repeat requests by itself nor follow redirects, and it
     * brings its own timeouts. Default: one of our own.
     */
    public DewatermarkClientBuilder httpClient(HttpClient httpClient) {
        this.httpClient = httpClient;
        return this;
    }

    /** How many calls may be under way at once; further ones wait. Default 16. */
    public DewatermarkClientBuilder maxConcurrentRequests(int maxConcurrentRequests) {
        this.maxConcurrentRequests = maxConcurrentRequests;
        return this;
    }

    /** A limit to share with other clients, in place of {@link #maxConcurrentRequests}. */
    public DewatermarkClientBuilder requestLimit(Semaphore requestLimit) {
        this.requestLimit = requestLimit;
        return this;
    }

    /** How long to wait for a connection; default 10 s. Without effect on a given HTTP client. */
    public DewatermarkClientBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        return this;
    }

    /** How long to wait for the next bytes of an answer; default 5 min. Without effect on a given HTTP client. */
    public DewatermarkClientBuilder responseTimeout(Duration responseTimeout) {
        this.responseTimeout = responseTimeout;
        return this;
    }

    /**
     * @throws IllegalArgumentException there is no API key, or it can't be a header; or no call could be made at all
     */
    public DewatermarkClient build() {
        if (apiKey == null || apiKey.isBlank()) {
            throw new IllegalArgumentException("an apiKey is needed");
        }
        if (!apiKey.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new IllegalArgumentException("the apiKey has characters that no API key has, such as a space");
        }
        if (maxConcurrentRequests < 1) {
            throw new IllegalArgumentException("maxConcurrentRequests must be at least 1");
        }
        Closeable owned = () -> {};
        HttpClient http = httpClient;
        if (http == null) {
            CloseableHttpClient own = ownHttpClient();
            http = own;
            owned = own;
        }
        Semaphore limit = requestLimit == null ? new Semaphore(maxConcurrentRequests) : requestLimit;
        return new DewatermarkClient(this, new HttpTransport(http, limit, apiKey), owned);
    }

    private CloseableHttpClient ownHttpClient() {
        return HttpClients.custom()
                .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                        .setConnectionFactory(ManagedHttpClientConnectionFactory.builder()
                                .http1Config(HEAD_BOUNDS)
                                .build())
                        .setMaxConnPerRoute(maxConcurrentRequests)
                        .setMaxConnTotal(2 * maxConcurrentRequests)
                        .setDefaultConnectionConfig(ConnectionConfig.custom()
                                .setConnectTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                                .build())
                        .build())
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setResponseTimeout(responseTimeout.toMillis(), TimeUnit.MILLISECONDS)
                        .build())
                .disableAutomaticRetries()
                .disableRedirectHandling()
                .disableCookieManagement()
                .disableContentCompression()
                .build();
    }
}
