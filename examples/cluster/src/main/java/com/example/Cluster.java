package com.example;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** A broker and nodes on this machine, each a process of its own, that send their clips to a sandbox. */
final class Cluster implements AutoCloseable {

    private final Path folder;
    private final Map<String, String> properties = new HashMap<>();
    private final Consumer<String> log;
    private final List<ChildProcess> processes = new CopyOnWriteArrayList<>();

    /**
     * @param folder with the inbox and the outbox
     * @param log    gets what the processes print
     */
    Cluster(Path folder, Sandbox sandbox, Consumer<String> log) {
        this.folder = folder;
        this.log = log;
        properties.put("clips.folder", folder.toString());
        properties.put("camel.component.dewatermark.baseUrl", sandbox.baseUrl());
        properties.put("camel.component.dewatermark.apiKey", sandbox.apiKey());
    }

    Cluster with(String property, String value) {
        properties.put(property, value);
        return this;
    }

    /** @param port 0 for any free one */
    ChildProcess startBroker(int port) throws IOException, InterruptedException {
        Path messages = folder.resolve("broker");
        ChildProcess broker = start("broker", Broker.class, Integer.toString(port), messages.toString());
        properties.put("broker.url", broker.awaitLine(Broker.READY).substring(Broker.READY.length()));
        return broker;
    }

    String brokerUrl() {
        return properties.get("broker.url");
    }

    ChildProcess startSubmitNode() throws IOException {
        return start("submit", Node.class, "submit");
    }

    ChildProcess startWaitNode(String name) throws IOException {
        return start(name, Node.class, "wait");
    }

    /** Kills all that is still running: the broker last, as nodes that lose it say so in many words. */
    @Override
    public void close() {
        for (int i = processes.size() - 1; i >= 0; i--) {
            processes.get(i).close();
        }
    }

    private ChildProcess start(String name, Class<?> program, String... arguments) throws IOException {
        Map<String, String> all = new HashMap<>(properties);
        // what a killed process leaves there goes with the folder
        all.put("java.io.tmpdir", Files.createDirectories(folder.resolve("tmp")).toString());
        ChildProcess process =
                ChildProcess.start(line -> log.accept("%-8s %s".formatted(name, line)), program, all, arguments);
        processes.add(process);
        return process;
    }
}
