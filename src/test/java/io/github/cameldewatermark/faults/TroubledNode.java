package io.github.cameldewatermark.faults;

import io.github.cameldewatermark.AccountRoutePolicy;
import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.error.DewatermarkException;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.http.HttpComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.jsse.SSLContextParameters;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.client5.http.io.HttpClientConnectionManager;
import org.apache.hc.core5.pool.PoolStats;

/** A Camel context with a watched folder, as users write it. */
final class TroubledNode {

    private final DefaultCamelContext camel = new DefaultCamelContext();
    private final DewatermarkComponent component = new DewatermarkComponent();
    private final PooledHttp http = new PooledHttp();

    /**
     * @param deliveries counts what arrives in the outbox
     */
    TroubledNode(Path folder, String baseUrl, String apiKey, Map<String, Integer> deliveries) throws Exception {
        component.setHttpComponent(http);
        component.getConfiguration().setBaseUrl(baseUrl);
        component.getConfiguration().setApiKey(apiKey);
        component.getConfiguration().setResponseTimeout(Trouble.RESPONSE_TIMEOUT);
        component.getConfiguration().setMaxThrottleWait(3000);
        component.getConfiguration().setPollInterval(50);
        component.getConfiguration().setMaxPollInterval(300);
        component.getConfiguration().setTaskTimeout(8000);
        camel.addComponent("dewatermark", component);
        camel.addRoutes(new WatchedFolder(folder, deliveries));
        camel.start();
    }

    /** The exchanges that Camel and the component work on, and the connections that have been taken from the pool. */
    int busy() {
        return camel.getInflightRepository().size()
                + component.getInflightExchanges()
                + component.getInflightTasks()
                + http.connections().getLeased()
                + http.connections().getPending();
    }

    @Override
    public String toString() {
        return camel.getInflightRepository().size() + " exchanges, " + component.getInflightExchanges()
                + " of them in the component, " + component.getInflightTasks() + " tasks, connections "
                + http.connections();
    }

    void stop(Duration patience) {
        camel.getShutdownStrategy().setTimeUnit(TimeUnit.MILLISECONDS);
        camel.getShutdownStrategy().setTimeout(patience.toMillis());
        camel.stop();
    }

    /** Lets see how many connections are in use. */
    private static final class PooledHttp extends HttpComponent {
        private PoolingHttpClientConnectionManager pool;

        @Override
        protected HttpClientConnectionManager createConnectionManager(
                Map<String, Object> parameters, SSLContextParameters tls, Map<String, Object> options)
                throws GeneralSecurityException, IOException {
            pool = (PoolingHttpClientConnectionManager) super.createConnectionManager(parameters, tls, options);
            return pool;
        }

        PoolStats connections() {
            return pool.getTotalStats();
        }
    }

    /** As {@code routes/WatchedFolder.java}, with shorter pauses. */
    private static final class WatchedFolder extends RouteBuilder {
        private final Path folder;
        private final Map<String, Integer> deliveries;

        WatchedFolder(Path folder, Map<String, Integer> deliveries) {
            this.folder = folder;
            this.deliveries = deliveries;
        }

        @Override
        public void configure() {
            AccountRoutePolicy account = new AccountRoutePolicy();
            account.setPeriod(1000);

            onException(DewatermarkException.class)
                    .onWhen(simple("${exception.retryable}"))
                    .maximumRedeliveries(5)
                    .redeliveryDelay(100)
                    .useExponentialBackOff()
                    .backOffMultiplier(2)
                    .asyncDelayedRedelivery()
                    .to("direct:say-why");
            onException(Exception.class).to("direct:say-why");

            from("file:" + folder.resolve("inbox") + "?readLock=changed&readLockMinAge=2s&delay=200"
                            + "&move=.done/${file:name}&moveFailed=../failed/${file:name}")
                    .routePolicy(account)
                    .choice()
                    .when(header(Exchange.FILE_NAME).endsWith(".mp4"))
                    .to("dewatermark:video?journalDirectory=" + folder.resolve("journal"))
                    .otherwise()
                    .to("dewatermark:erase?journalDirectory=" + folder.resolve("journal"))
                    .end()
                    .to("file:" + folder.resolve("outbox") + "?fileName=${file:name}&tempPrefix=.writing-")
                    .process(exchange -> deliveries.merge(name(exchange), 1, Integer::sum));

            from("direct:say-why")
                    .errorHandler(noErrorHandler())
                    .setBody(exchange -> why(exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class)))
                    .to("file:" + folder.resolve("failed") + "?fileName=${file:name}.txt");
        }

        private static String name(Exchange exchange) {
            return exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        }

        private static String why(Exception e) {
            return (e instanceof DewatermarkException d ? d.billed() + " " : "") + e;
        }
    }
}
