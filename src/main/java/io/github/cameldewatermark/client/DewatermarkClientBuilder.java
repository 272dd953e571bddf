package io.github.cameldewatermark.client;

import io.github.cameldewatermark.client.http.HttpClientRules;
import io.github.cameldewatermark.client.http.HttpTransport;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.HttpClient;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;

/** Builds a {@link DewatermarkClient}. */
public final class DewatermarkClientBuilder {

    /** The URL of the platform. */
    public static final String DEFAULT_BASE_URL = "https://platform.dewatermark.ai";

    /** The host on which the platform stores clips. */
    public static final String DEFAULT_SIGNED_URL_HOST = "storage.googleapis.com";

    URI baseUrl = URI.create(DEFAULT_BASE_URL);
    String apiKey;
    Set<String> signedUrlHosts = Set.of(DEFAULT_SIGNED_URL_HOST);
    private HttpClient httpClient;
    private int maxConcurrentRequests = 16;
    private Duration connectTimeout = Duration.ofSeconds(10);
    private Duration responseTimeout = Duration.ofMinutes(5);

    DewatermarkClientBuilder() {}

    /** Sets the API key, a secret; required. */
    public DewatermarkClientBuilder apiKey(String apiKey) {
        this.apiKey = apiKey;
        return this;
    }

    /**
     * Sets the base URL of the API; default {@value #DEFAULT_BASE_URL}. It may have a path, with or without a slash at its
     * end.
     *
     * @throws DewatermarkOptionException if it isn't an absolute http or https URL with a host, or has a query, fragment or user
     */
    public DewatermarkClientBuilder baseUrl(String baseUrl) {
        URI uri;
        try {
            // a slash at the end would be followed by another one when the path is appended
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

    /** The message doesn't contain the URL, which may contain a password. */
    private static DewatermarkOptionException badBaseUrl(URISyntaxException cause) {
        String where = cause == null ? "" : " (" + cause.getReason() + " at index " + cause.getIndex() + ")";
        return new DewatermarkOptionException("baseUrl", "baseUrl must be a URL such as " + DEFAULT_BASE_URL + where);
    }

    /**
     * Sets the hosts that signed URLs may point to, besides the host of the base URL; default
     * {@value #DEFAULT_SIGNED_URL_HOST}.
     */
    public DewatermarkClientBuilder signedUrlHosts(Set<String> hosts) {
        this.signedUrlHosts = Set.copyOf(hosts);
        return this;
    }

    /**
     * Sets the HTTP client to use, which is never closed here. It must have been built with {@link HttpClientRules#applyTo}, so
     * that it neither repeats requests nor follows redirects by itself. Its own timeouts apply. Default: a new client, which is
     * closed with the {@link DewatermarkClient}.
     */
    public DewatermarkClientBuilder httpClient(HttpClient httpClient) {
        this.httpClient = httpClient;
        return this;
    }

    /** Sets how many calls may be under way at once; further calls block. Default 16. */
    public DewatermarkClientBuilder maxConcurrentRequests(int maxConcurrentRequests) {
        this.maxConcurrentRequests = maxConcurrentRequests;
        return this;
    }

    /** Sets how long to wait for a connection; default 10 s. It has no effect if {@link #httpClient} is set. */
    public DewatermarkClientBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        return this;
    }

    /** Sets how long to wait for the next bytes of an answer; default 5 min. No effect if {@link #httpClient} is set. */
    public DewatermarkClientBuilder responseTimeout(Duration responseTimeout) {
        this.responseTimeout = responseTimeout;
        return this;
    }

    /**
     * Creates the client.
     *
     * @throws DewatermarkOptionException if the API key is missing or can't be sent as a header, or if
     *                                    {@code maxConcurrentRequests} is less than 1
     */
    public DewatermarkClient build() {
        if (apiKey == null || apiKey.isBlank()) {
            throw new DewatermarkOptionException("apiKey", "an apiKey is required");
        }
        if (!apiKey.chars().allMatch(c -> c > ' ' && c < 127)) {
            throw new DewatermarkOptionException(
                    "apiKey", "the apiKey contains characters that are not allowed in an API key, such as a space");
        }
        if (maxConcurrentRequests < 1) {
            throw new DewatermarkOptionException("maxConcurrentRequests", "maxConcurrentRequests must be at least 1");
        }
        if (httpClient != null) {
            return new DewatermarkClient(
                    this, new HttpTransport(httpClient, maxConcurrentRequests, baseUrl, apiKey), () -> {});
        }
        CloseableHttpClient own = ownHttpClient();
        return new DewatermarkClient(this, new HttpTransport(own, maxConcurrentRequests, baseUrl, apiKey), own);
    }

    private CloseableHttpClient ownHttpClient() {
        return HttpClientRules.applyTo(HttpClients.custom()
                        .setConnectionManager(PoolingHttpClientConnectionManagerBuilder.create()
                                .setMaxConnPerRoute(maxConcurrentRequests)
                                .setMaxConnTotal(2 * maxConcurrentRequests)
                                .setDefaultConnectionConfig(ConnectionConfig.custom()
                                        .setConnectTimeout(connectTimeout.toMillis(), TimeUnit.MILLISECONDS)
                                        .build())
                                .build())
                        .setDefaultRequestConfig(RequestConfig.custom()
                                .setResponseTimeout(responseTimeout.toMillis(), TimeUnit.MILLISECONDS)
                                .build()))
                .build();
    }
}
