package com.example.benchmark;

import io.github.cameldewatermark.DewatermarkComponent;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The component; the result is read into an array. */
final class ComponentToMemory extends CallByCall {

    private final CamelContext camel = new DefaultCamelContext();
    private final ProducerTemplate template;

    ComponentToMemory(String baseUrl) throws Exception {
        camel.addComponent("dewatermark", component(baseUrl));
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:clean").to("dewatermark:erase");
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
    }

    static DewatermarkComponent component(String baseUrl) {
        DewatermarkComponent component = new DewatermarkComponent();
        component.getConfiguration().setApiKey("benchmark");
        component.getConfiguration().setBaseUrl(baseUrl);
        return component;
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
}
