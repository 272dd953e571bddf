package io.github.cameldewatermark.body;

import io.github.cameldewatermark.testkit.TestContext;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.processor.aggregate.GroupedBodyAggregationStrategy;

/** Who may have a result when its exchange is done, or get it by a copy of the exchange. */
enum Way {
    AGGREGATE(5) {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in")
                    .to(erase)
                    .aggregate(routes.constant(true), new GroupedBodyAggregationStrategy())
                    .completionSize(results)
                    .to(ExchangePattern.InOnly, "seda:late");
        }

        @Override
        List<Object> send(ProducerTemplate template, Object picture) {
            for (int i = 0; i < results; i++) {
                template.sendBody("direct:in", picture);
            }
            return List.of();
        }
    },
    TEMPLATE_OBJECT {
        @Override
        List<Object> send(ProducerTemplate template, Object picture) {
            return List.of(template.requestBody("direct:in", picture));
        }
    },
    TEMPLATE_STREAM {
        @Override
        List<Object> send(ProducerTemplate template, Object picture) {
            return List.of(template.requestBody("direct:in", picture, InputStream.class));
        }
    },
    TEMPLATE_ASYNC {
        @Override
        List<Object> send(ProducerTemplate template, Object picture) throws Exception {
            return List.of(template.asyncRequestBody("direct:in", picture).get());
        }
    },
    FILE_BODY {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in").to(erase).process(exchange -> {
                if (exchange.getMessage().getBody() instanceof ResultFile result) {
                    exchange.getMessage().setBody(result.getFile());
                    exchange.getMessage().removeHeaders("*");
                }
            });
        }
    },
    ON_COMPLETION(1, true) {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in")
                    .onCompletion()
                    .to(ExchangePattern.InOnly, "seda:late")
                    .end()
                    .to(erase);
        }
    },
    SEDA_IN_ONLY(1, true) {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in").to(ExchangePattern.InOnly, "seda:erase");
            routes.from("seda:erase?pollTimeout=20").to(erase).to(ExchangePattern.InOnly, "seda:late");
        }
    },
    SEDA_IN_OUT {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in").to(ExchangePattern.InOut, "seda:erase");
            routes.from("seda:erase?pollTimeout=20").to(erase);
        }
    },
    WIRE_TAP {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in").to(erase).wireTap("seda:late").end();
        }
    },
    MULTICAST(2, true) {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in")
                    .to(erase)
                    .multicast()
                    .parallelProcessing()
                    .to("direct:one", "direct:other")
                    .end();
            routes.from("direct:one").to(ExchangePattern.InOnly, "seda:late");
            routes.from("direct:other").delay(100).to(ExchangePattern.InOnly, "seda:late");
        }
    },
    SPLIT_TO_QUEUE(2) {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in")
                    .split(routes.body(), new GroupedBodyAggregationStrategy())
                    .to(erase)
                    .to(ExchangePattern.InOnly, "seda:late")
                    .end();
        }

        @Override
        List<Object> send(ProducerTemplate template, Object picture) {
            List<?> parts = template.requestBody("direct:in", List.of(picture, picture), List.class);
            return new ArrayList<>(parts);
        }
    },
    SPLIT_IN_QUEUE(2) {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in").split(routes.body()).to("seda:erase").end();
            routes.from("seda:erase?pollTimeout=20").delay(100).to(erase).to(ExchangePattern.InOnly, "seda:late");
        }

        @Override
        List<Object> send(ProducerTemplate template, Object picture) {
            template.sendBody("direct:in", List.of(picture, picture));
            return List.of();
        }
    },
    RECIPIENT_LIST {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in").recipientList(routes.constant(erase)).end();
        }
    },
    ENRICH {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in").enrich("direct:erase");
            routes.from("direct:erase").to(erase);
        }
    },
    CIRCUIT_BREAKER {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in")
                    .circuitBreaker()
                    .resilience4jConfiguration()
                    .timeoutEnabled(true)
                    .timeoutDuration(60_000)
                    .end()
                    .to(erase)
                    .end();
        }
    },
    KAMELET {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.routeTemplate("clean").from("kamelet:source").to(erase);
            routes.from("direct:in").to("kamelet:clean");
        }
    },
    LOOP {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in").loop(2).copy().to(erase).end();
        }
    },
    THREADS {
        @Override
        void configure(RouteBuilder routes, String erase) {
            routes.from("direct:in").threads(2).to(erase);
        }
    };

    /** How many results come in {@code seda:late}, or from {@link #send}. */
    final int results;

    /** Whether they come in {@code seda:late} only, as no answer is waited for. */
    private final boolean queued;

    Way() {
        this(1);
    }

    Way(int results) {
        this(results, false);
    }

    Way(int results, boolean queued) {
        this.results = results;
        this.queued = queued;
    }

    void configure(RouteBuilder routes, String erase) {
        routes.from("direct:in").to(erase);
    }

    /** Sends until the exchanges are done, and returns the results that are in the answer. */
    List<Object> send(ProducerTemplate template, Object picture) throws Exception {
        if (queued) {
            template.sendBody("direct:in", picture);
            return List.of();
        }
        Exchange exchange = template.request("direct:in", in -> in.getMessage().setBody(picture));
        if (exchange.getException() != null) {
            throw new ExecutionException(exchange.getException());
        }
        return List.of(exchange.getMessage().getBody());
    }

    /** Starts its routes. What goes to {@code seda:late} waits there. */
    void start(TestContext context, String erase) throws Exception {
        context.start(routes -> configure(routes, erase));
    }
}
