package io.github.cameldewatermark.process;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConfiguration;
import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A program: cleans files from {@code inbox} to {@code outbox}. The exit code is 0 if that worked. */
final class OneFileRoute {

    private OneFileRoute() {}

    /** Arguments: folder, operation, base URL, API key, and how many files, 1 unless said. */
    public static void main(String[] args) throws Exception {
        boolean cleaned;
        try (DefaultCamelContext context = new DefaultCamelContext()) {
            DewatermarkConfiguration options = context.getComponent("dewatermark", DewatermarkComponent.class)
                    .getConfiguration();
            options.setBaseUrl(args[2]);
            options.setApiKey(args[3]);
            context.addRoutes(new RouteBuilder() {
                @Override
                public void configure() {
                    // without this, Camel has an exchange for each file of the folder before it processes the first one
                    from("file:" + args[0] + "/inbox?maxMessagesPerPoll=1000")
                            .to("dewatermark:" + args[1])
                            .to("file:" + args[0] + "/outbox");
                }
            });
            int files = args.length > 4 ? Integer.parseInt(args[4]) : 1;
            NotifyBuilder done = new NotifyBuilder(context).whenCompleted(files).create();
            context.start();
            cleaned = done.matches(5L * files, TimeUnit.MINUTES);
        }
        System.exit(cleaned ? 0 : 1);
    }
}
