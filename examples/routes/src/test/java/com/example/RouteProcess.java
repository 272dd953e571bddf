package com.example;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Route files as they are, run by {@link RunRoutes} in a JVM of their own. */
final class RouteProcess implements AutoCloseable {

    private final Map<String, Object> properties = new LinkedHashMap<>();
    private final File log;
    private Process process;

    /**
     * @param temp where the JVM has its temp files
     * @param log  where its output goes
     */
    RouteProcess(Path temp, Path log, String... names) {
        this.log = log.toFile();
        with("java.io.tmpdir", temp);
        with("routes", System.getProperty("routes", "../../routes"));
        with("route", String.join(",", names));
    }

    RouteProcess with(String property, Object value) {
        properties.put(property, value);
        return this;
    }

    RouteProcess start(String apiKey, String... jvmOptions) throws IOException {
        return start(RunRoutes.class.getName(), apiKey, List.of(jvmOptions), List.of());
    }

    /** By another program than {@link RunRoutes}. */
    RouteProcess startMain(String main, String apiKey, String... arguments) throws IOException {
        return start(main, apiKey, List.of(), List.of(arguments));
    }

    private RouteProcess start(String main, String apiKey, List<String> jvmOptions, List<String> arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts in half the time
        command.addAll(jvmOptions);
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-classpath");
        // what surefire passes on as java.class.path may be a jar of its own
        command.add(System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(main);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log);
        builder.environment().put(RunRoutes.API_KEY, apiKey);
        process = builder.start();
        return this;
    }

    boolean isRunning() {
        return process.isAlive();
    }

    String output() {
        try {
            return Files.readString(log.toPath());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** As from the command line with Ctrl-C: what is under way is finished. */
    void stop() throws InterruptedException {
        process.destroy();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not stop");
        }
    }

    @Override
    public void close() {
        if (process != null) {
            process.destroyForcibly().onExit().join();
        }
    }
}
