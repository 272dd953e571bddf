package io.github.cameldewatermark.client.http;

import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.protocol.HttpContext;

/** What an HTTP client must not do with calls that cost money. */
public final class HttpClientRules {

    private static final Object LOOKUP = "lookup";

    private HttpClientRules() {}

    /** Sets the rules. */
    public static HttpClientBuilder applyTo(HttpClientBuilder client) {
        return client
                // retries are on by default, and a POST that is sent again after a 503 may be charged twice
                .disableAutomaticRetries()
                // following a redirect would send the API key to another host
                .disableRedirectHandling()
                .disableCookieManagement()
                // pictures and clips don't compress, and only their Content-Length tells whether an answer is complete
                .disableContentCompression();
    }

    /**
     * Returns the context of a call, which tells its connection. Only lookups share connections. One that was idle may be closed by
     * the server just now, so that it is unclear whether a request arrived, and one that has been answered may hold more bytes
     * than that answer, which would answer the next request. Others are left to the pool, which ends them as TCP wants it: to
     * close them at once would reset them.
     */
    static HttpContext context(ApiCall call) {
        HttpClientContext context = HttpClientContext.create();
        // the pool gives out a connection for an equal token, or one that has none
        context.setUserToken(call.isLookup() ? LOOKUP : new Object());
        return context;
    }
}
