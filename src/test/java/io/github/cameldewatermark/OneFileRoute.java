package io.github.cameldewatermark;

import java.util.concurrent.TimeUnit;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A program: cleans one file from {@code inbox} to {@code outbox}. The exit code is 0 if that worked. */
final class OneFileRoute {

    private OneFileRoute() {}

    /** Arguments: folder, operation, base URL, API key. */
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
                    from("file:" + args[0] + "/inbox")
                            .to("dewatermark:" + args[1])
                            .to("file:" + args[0] + "/outbox");
                }
            });
            NotifyBuilder done = new NotifyBuilder(context).whenCompleted(1).create();
            context.start();
            cleaned = done.matches(5, TimeUnit.MINUTES);
        }
        System.exit(cleaned ? 0 : 1);
    }
}
