package com.example.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.apache.camel.model.RouteDefinition;

/** A program that starts a route, and says when its first exchange is done. */
final class StartupApp {

    /** Its line of output at which the time stops. */
    static final String DONE = "DONE";

    /** The next line: CPU time in ms, and how many classes were loaded. */
    static final String USED = "USED ";

    /** What the route does. */
    enum Kind {
        NOTHING("Camel alone"),
        HTTP("camel-http"),
        COMPONENT("dewatermark:erase");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    private StartupApp() {}

    /** @param args the kind, the address of the server, a picture */
    public static void main(String[] args) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(new RouteBuilder() {
            @Override
            public void configure() {
                define(from("direct:clean"), Kind.valueOf(args[0]), args[1]);
            }
        });
        main.start();
        try (ProducerTemplate template = main.getCamelContext().createProducerTemplate()) {
            byte[] result = template.requestBody("direct:clean", Path.of(args[2]), byte[].class);
            if (result.length == 0) {
                throw new IllegalStateException("There is no result");
            }
        }
        System.out.println(DONE);
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        System.out.println(USED + system.getProcessCpuTime() / 1_000_000 + " "
                + ManagementFactory.getClassLoadingMXBean().getTotalLoadedClassCount());
        main.stop();
        System.exit(0); // whatever threads are left
    }

    private static void define(RouteDefinition route, Kind kind, String baseUrl) {
        switch (kind) {
            case NOTHING -> route.setBody(exchange -> new byte[1]);
            case HTTP ->
                route.process(StartupApp::form)
                        .setHeader(Exchange.HTTP_METHOD, () -> "POST")
                        .to(baseUrl + AnswerServer.PATH);
            case COMPONENT -> route.to("dewatermark:erase?apiKey=benchmark&baseUrl=" + baseUrl);
        }
    }

    private static void form(Exchange exchange) {
        exchange.getMessage().setBody(Form.of(exchange.getMessage().getBody(Path.class)));
    }
}
