package com.example.benchmark;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConstants;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The component waits for tasks that were submitted before, by their ids. */
final class ComponentPoller implements PollWorker.Poller {

    private final CamelContext camel = new DefaultCamelContext();
    private final DewatermarkComponent component;
    private final ProducerTemplate template;
    private int tasks;

    ComponentPoller(String baseUrl, int interval) throws Exception {
        component = ComponentToMemory.component(baseUrl);
        component.setMaxInFlight(Integer.MAX_VALUE);
        camel.addComponent("dewatermark", component);
        int millis = 1000 * interval;
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("seda:tasks?size=" + Integer.MAX_VALUE)
                        .toF("dewatermark:video?pollInterval=%d&maxPollInterval=%d", millis, millis);
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
    }

    @Override
    public void add(int more) {
        for (int i = 0; i < more; i++) {
            tasks++;
            template.sendBodyAndHeader("seda:tasks", null, DewatermarkConstants.TASK_ID, "task-" + tasks);
        }
        while (component.getInflightTasks() < tasks) {
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
        }
    }

    @Override
    public long calls() {
        return component.getPolls();
    }
}
