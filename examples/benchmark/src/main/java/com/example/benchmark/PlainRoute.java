package com.example.benchmark;

import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.dataformat.JsonLibrary;

/** The same with Camel's own components, as it is written without this one. It carries no metadata over. */
final class PlainRoute extends CallByCall {

    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;

    PlainRoute(String baseUrl) throws Exception {
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:clean")
                        .process(PlainRoute::form)
                        .setHeader("X-API-KEY", constant("benchmark"))
                        .setHeader(Exchange.HTTP_METHOD, constant("POST"))
                        .to(baseUrl + AnswerServer.PATH)
                        .unmarshal()
                        .json(JsonLibrary.Jackson, Map.class)
                        .process(PlainRoute::picture);
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
    }

    @Override
    Outcome clean(Path picture) {
        return Outcome.of(template.requestBody("direct:clean", picture, byte[].class));
    }

    @Override
    public void close() throws Exception {
        super.close();
        camel.close();
    }

    private static void form(Exchange exchange) {
        exchange.getMessage().setBody(Form.of(exchange.getMessage().getBody(Path.class)));
    }

    private static void picture(Exchange exchange) {
        Map<?, ?> answer = exchange.getMessage().getBody(Map.class);
        Map<?, ?> edited = (Map<?, ?>) answer.get("edited_image");
        exchange.getMessage().setBody(Base64.getDecoder().decode((String) edited.get("image")));
    }
}
