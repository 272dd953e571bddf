package io.github.cameldewatermark.runtime;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.client.http.HttpClientRules;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.CamelContextAware;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.component.http.HttpEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.hc.client5.http.classic.HttpClient;

/**
 * The Apache HTTP clients of a component, as camel-http configures them: the TLS, proxy and connection manager settings of
 * camel-http apply, but its producer is not used. Endpoints with the same timeouts share a client and so its connections.
 */
final class CamelHttpClients implements AutoCloseable {

    private final DewatermarkComponent component;
    private final Map<List<Object>, HttpEndpoint> endpoints = new HashMap<>();
    private HttpComponent ownHttpComponent;

    CamelHttpClients(DewatermarkComponent component) {
        this.component = component;
    }

    synchronized HttpClient client(DewatermarkConfiguration options) throws Exception {
        boolean secure = options.getBaseUrl().toLowerCase(Locale.ROOT).startsWith("https:");
        List<Object> key = List.of(secure, options.getConnectTimeout(), options.getResponseTimeout());
        HttpEndpoint endpoint = endpoints.get(key);
        if (endpoint == null) {
            endpoint = createEndpoint(secure, options);
            endpoints.put(key, endpoint);
        }
        return endpoint.getHttpClient();
    }

    /** Closes all connections, including those in use. An HTTP component that the user has set is not stopped. */
    @Override
    public synchronized void close() {
        endpoints.values().forEach(ServiceHelper::stopAndShutdownService);
        endpoints.clear();
        ServiceHelper.stopAndShutdownService(ownHttpComponent);
        ownHttpComponent = null;
    }

    private HttpEndpoint createEndpoint(boolean secure, DewatermarkConfiguration options) throws Exception {
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("connectTimeout", String.valueOf(options.getConnectTimeout()));
        parameters.put("responseTimeout", String.valueOf(options.getResponseTimeout()));
        int connections = component.getMaxConcurrentRequests() + 1; // for a health check
        parameters.put("connectionsPerRoute", connections);
        // the platform and its storage are different hosts, so each has a pool of its own
        parameters.put("maxTotalConnections", 2 * connections);
        HttpEndpoint endpoint = (HttpEndpoint) httpComponent(secure).createEndpoint(options.getBaseUrl(), parameters);
        // the listener would log every request with the API key
        endpoint.setHttpActivityListener(null);
        endpoint.setLogHttpActivity(false);
        HttpClientRules.applyTo(endpoint.getClientBuilder());
        ServiceHelper.startService(endpoint);
        return endpoint;
    }

    private HttpComponent httpComponent(boolean secure) {
        HttpComponent handedIn = component.getHttpComponent();
        if (handedIn != null) {
            if (component.getSslContextParameters() != null || component.getProxyHost() != null) {
                throw new DewatermarkOptionException(
                        "httpComponent",
                        "The option httpComponent can't be combined with sslContextParameters and proxyHost:"
                                + " set those on that component");
            }
            CamelContextAware.trySetCamelContext(handedIn, component.getCamelContext());
            return handedIn;
        }
        boolean hasOwnOptions = component.getSslContextParameters() != null
                || component.isUseGlobalSslContextParameters()
                || component.getProxyHost() != null;
        if (!hasOwnOptions) {
            return component.getCamelContext().getComponent(secure ? "https" : "http", HttpComponent.class);
        }
        if (ownHttpComponent == null) {
            ownHttpComponent = ownHttpComponent();
        }
        return ownHttpComponent;
    }

    private HttpComponent ownHttpComponent() {
        HttpComponent http = new HttpComponent();
        http.setCamelContext(component.getCamelContext());
        http.setSslContextParameters(component.getSslContextParameters());
        http.setUseGlobalSslContextParameters(component.isUseGlobalSslContextParameters());
        if (component.getProxyHost() != null) {
            http.setProxyHost(component.getProxyHost());
            http.setProxyPort(component.getProxyPort());
            http.setProxyAuthScheme("http"); // otherwise the client would use TLS with the proxy itself
            http.setProxyAuthUsername(component.getProxyUsername());
            http.setProxyAuthPassword(component.getProxyPassword());
        }
        ServiceHelper.startService(http);
        return http;
    }
}
