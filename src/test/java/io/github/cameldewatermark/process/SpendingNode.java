package io.github.cameldewatermark.process;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.error.DewatermarkCreditException;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A program: cleans the pictures of its inbox, and can never deliver them, until it is killed. Arguments: inbox, folder of the
 * journal, base URL, API key, limit.
 */
final class SpendingNode {

    static final String STARTED = "started";

    /** What it says when it may not spend more. */
    static final String REACHED = "reached";

    private SpendingNode() {}

    public static void main(String[] args) throws Exception {
        DefaultCamelContext context = new DefaultCamelContext();
        context.disableJMX(); // a tenth of the processor time of a start
        DewatermarkConfiguration options =
                context.getComponent("dewatermark", DewatermarkComponent.class).getConfiguration();
        options.setJournalDirectory(args[1]);
        options.setBaseUrl(args[2]);
        options.setApiKey(args[3]);
        options.setMaximumSpend(args[4]);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DewatermarkCreditException.class).process(exchange -> System.out.println(REACHED));
                // each time, all of its files fail and are logged
                from("file:" + args[0] + "?initialDelay=0&delay=1000&readLock=none")
                        .to("dewatermark:erase")
                        .throwException(new IllegalStateException("nobody takes it"));
            }
        });
        context.start();
        System.out.println(STARTED);
        Thread.sleep(Long.MAX_VALUE);
    }
}
