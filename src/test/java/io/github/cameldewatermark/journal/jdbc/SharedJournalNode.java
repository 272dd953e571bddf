package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.error.DewatermarkException;
import java.time.Clock;
import java.time.Duration;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.h2.jdbcx.JdbcDataSource;

/**
 * A program: cleans the pictures of its inbox until it is killed, with a journal in a database. Arguments: folder, URL of the
 * database, base URL and API key of the platform, length of a lease in milliseconds.
 */
final class SharedJournalNode {

    static final String STARTED = "started";

    private SharedJournalNode() {}

    public static void main(String[] args) throws Exception {
        JdbcDataSource dataSource = new JdbcDataSource();
        dataSource.setURL(args[1]);
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX(); // a tenth of the processor time of a start
        DewatermarkComponent component = context.getComponent("dewatermark", DewatermarkComponent.class);
        component.getConfiguration().setBaseUrl(args[2]);
        component.getConfiguration().setApiKey(args[3]);
        component
                .getConfiguration()
                .setJournal(new JdbcJournal(
                        new Jdbc(dataSource, JdbcJournal.DEFAULT_PREFIX, true),
                        JdbcJournal.DEFAULT_RETENTION,
                        JdbcJournal.DEFAULT_MAX_SIZE,
                        Clock.systemUTC(),
                        Duration.ofMillis(Long.parseLong(args[4]))));
        context.addRoutes(route(args[0]));
        context.start();
        System.out.println(STARTED);
        Thread.sleep(Long.MAX_VALUE);
    }

    private static RouteBuilder route(String folder) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(DewatermarkException.class)
                        .onWhen(simple("${exception.retryable}"))
                        .maximumRedeliveries(5)
                        .redeliveryDelay(100)
                        .asyncDelayedRedelivery();
                from("file:" + folder + "/inbox?delay=100&moveFailed=../failed")
                        .to("dewatermark:erase")
                        .to("file:" + folder + "/outbox");
            }
        };
    }
}
