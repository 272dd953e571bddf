package io.github.cameldewatermark.client;

import java.io.IOException;
import org.apache.hc.client5.http.ConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.DefaultConnectionKeepAliveStrategy;
import org.apache.hc.client5.http.impl.classic.HttpClientBuilder;
import org.apache.hc.client5.http.protocol.HttpClientContext;
import org.apache.hc.core5.http.ClassicHttpRequest;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.HttpException;
import org.apache.hc.core5.http.impl.io.HttpRequestExecutor;
import org.apache.hc.core5.http.io.HttpClientConnection;
import org.apache.hc.core5.http.io.HttpResponseInformationCallback;
import org.apache.hc.core5.http.protocol.HttpContext;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * What an HTTP client must not do with calls that cost money.
 *
 * <p>Calls that only look share connections as usual. Any other call takes a used one only while calls follow each other closely:
 * a server may close an idle connection just now, so that it is unclear whether a request arrived. And only if nothing came after
 * the last answer: it would be taken for the answer to this call.
 */
public final class HttpClientRules {

    private static final Object LOOK = "look";
    private static final Object OTHER = "other";

    private static final TimeValue NOT_IDLE = TimeValue.ofMilliseconds(10);
    private static final ConnectionKeepAliveStrategy KEEP_ALIVE = (answer, context) -> isLook(context)
            ? DefaultConnectionKeepAliveStrategy.INSTANCE.getKeepAliveDuration(answer, context)
            : NOT_IDLE;

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
                .disableContentCompression()
                .setKeepAliveStrategy(KEEP_ALIVE)
                .setRequestExecutor(new CleanConnections());
    }

    /** Returns the context of a call, which tells its connection: the pool gives out one with an equal token. */
    static HttpContext context(ApiCall call) {
        return context(call.isLook() ? LOOK : OTHER);
    }

    /** Returns a context that makes any call have a new connection. */
    static HttpContext newConnection() {
        return context(new Object());
    }

    private static HttpContext context(Object token) {
        HttpClientContext context = HttpClientContext.create();
        context.setUserToken(token);
        return context;
    }

    private static boolean isLook(HttpContext context) {
        return HttpClientContext.cast(context).getUserToken() == LOOK;
    }

    /** Nothing was sent, since the connection isn't as a used one must be. */
    static final class UnfitConnectionException extends IOException {
        private static final long serialVersionUID = 1L;

        UnfitConnectionException() {
            super("the server has closed the connection, or has sent more than its answer");
        }
    }

    private static final class CleanConnections extends HttpRequestExecutor {
        private static final Timeout SHORTEST = Timeout.ofMilliseconds(1); // zero would be for ever

        @Override
        public ClassicHttpResponse execute(
                ClassicHttpRequest request,
                HttpClientConnection connection,
                HttpResponseInformationCallback callback,
                HttpContext context)
                throws IOException, HttpException {
            boolean used = connection.getEndpointDetails().getResponseCount() > 0;
            if (used && !isLook(context) && (connection.isDataAvailable(SHORTEST) || connection.isStale())) {
                throw new UnfitConnectionException();
            }
            return super.execute(request, connection, callback, context);
        }
    }
}
