package com.example.benchmark;

import io.github.cameldewatermark.DewatermarkComponent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.ProcessorDefinition;

/** A watched folder: what lies in the inbox comes to the outbox. */
final class WatchedFolder implements AutoCloseable {

    static final String COMPONENT = "dewatermark";

    private static final int MOST_MINUTES = 10;

    /** All files are there before. A further poll might list one that is deleted by the time it is its turn. */
    private static final long ONE_POLL = TimeUnit.DAYS.toMillis(1);

    private final CamelContext camel = new DefaultCamelContext();
    private final String baseUrl;
    private final String step;
    private final Path inbox;
    private final Path outbox;

    /** @param step between the folders; in it, {@value #COMPONENT} stands for the component. {@code null}: nothing */
    WatchedFolder(String baseUrl, String step, Path folder) throws Exception {
        this.baseUrl = baseUrl;
        this.step = step;
        this.inbox = empty(folder.resolve("inbox"));
        this.outbox = empty(folder.resolve("outbox"));
        camel.start();
    }

    void fill(Task task) throws Exception {
        String name = name(task);
        if (camel.getRoute(name) == null) {
            DewatermarkComponent component = ComponentToMemory.component(baseUrl);
            component.setMaxConcurrentRequests(task.concurrency());
            camel.addComponent(name, component);
            camel.addRoutes(route(name));
        }
        for (int i = 0; i < task.count(); i++) {
            // a link: writing the files isn't what is measured
            Files.createLink(inbox.resolve(i + "-" + task.file().getFileName()), task.file());
        }
    }

    void empty(Task task) throws Exception {
        NotifyBuilder done = new NotifyBuilder(camel).whenDone(task.count()).create();
        try {
            camel.getRouteController().startRoute(name(task));
            if (!done.matches(MOST_MINUTES, TimeUnit.MINUTES)) {
                throw new IllegalStateException("The inbox isn't empty after " + MOST_MINUTES + " minutes");
            }
        } finally {
            done.destroy();
        }
    }

    /** What came of it, to be deleted by the caller. */
    List<Path> results(Task task) throws Exception {
        camel.getRouteController().stopRoute(name(task));
        try (Stream<Path> files = Files.list(outbox)) {
            return files.toList();
        }
    }

    /** A folder without what a run that was ended early has left in it. */
    static Path empty(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(Files.createDirectories(folder))) {
            delete(files.filter(Files::isRegularFile).toList());
        }
        return folder;
    }

    static void delete(List<Path> files) throws IOException {
        for (Path file : files) {
            Files.delete(file);
        }
    }

    @Override
    public void close() {
        camel.stop();
    }

    private RouteBuilder route(String name) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                ProcessorDefinition<?> route = fromF("file:%s?delete=true&initialDelay=0&delay=" + ONE_POLL, inbox)
                        .routeId(name)
                        .autoStartup(false);
                if (step != null) {
                    route = route.to(step.replace(COMPONENT, name));
                }
                route.toF("file:%s", outbox);
            }
        };
    }

    /** Of the route and of its component: how many are under way at once is an option of the component. */
    private static String name(Task task) {
        return COMPONENT + "-" + task.concurrency();
    }
}
