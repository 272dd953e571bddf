package com.example.benchmark;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** The component waits for tasks that were submitted before, by their ids. */
final class ComponentPoller implements PollWorker.Poller {

    private static final int WARM_UP_MILLIS = (int) (5000 * PollWorker.WARM_UP);
    private static final int WARM_UP_TASKS = 16;

    private final CamelContext camel = new DefaultCamelContext();
    private final DewatermarkComponent component;
    private final ProducerTemplate template;
    private int tasks;

    ComponentPoller(String baseUrl, int interval) throws Exception {
        component = ComponentToMemory.component(baseUrl);
        camel.addComponent("dewatermark", component);
        int millis = 1000 * interval;
        camel.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                onException(DewatermarkTaskException.class).handled(true); // at the end of the warm-up
                from("seda:warm-up")
                        .to("dewatermark:video?pollInterval=1&maxPollInterval=1&taskTimeout=" + WARM_UP_MILLIS);
                from("seda:tasks?size=" + Integer.MAX_VALUE)
                        .toF("dewatermark:video?pollInterval=%d&maxPollInterval=%d", millis, millis);
            }
        });
        camel.start();
        template = camel.createProducerTemplate();
    }

    @Override
    public void warmUp() {
        for (int i = 0; i < WARM_UP_TASKS; i++) {
            send("seda:warm-up", "warm-up-" + i);
        }
        while (component.getPolls() < WARM_UP_TASKS) {
            pause();
        }
        awaitTasks(0);
    }

    @Override
    public void add(int more) {
        for (int i = 0; i < more; i++) {
            send("seda:tasks", "task-" + ++tasks);
        }
        awaitTasks(tasks);
    }

    private void send(String endpoint, String task) {
        template.sendBodyAndHeader(endpoint, null, DewatermarkConstants.TASK_ID, task);
    }

    private void awaitTasks(int count) {
        while (component.getInflightTasks() != count) {
            pause();
        }
    }

    private static void pause() {
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }

    @Override
    public long calls() {
        return component.getPolls();
    }
}
