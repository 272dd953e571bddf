package com.example;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** The installed service, run as {@code java -jar} in a folder of its own. */
final class ServiceProcess implements AutoCloseable {

    static final String STARTED = "Routes startup";

    private static final int SECONDS = 120;

    private final List<String> program;
    private final Path folder;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final List<String> jvmOptions = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final List<String> output = new ArrayList<>();
    private final int port = freePort();

    private Consumer<String> log = line -> {};
    private Process process;
    private boolean ended;

    /** @param folder where it is started, and has its temp files */
    ServiceProcess(Installation installation, Path folder) {
        this(List.of("-jar", installation.jar().toString()), folder);
        jvmOptions.add("-Djava.io.tmpdir=" + folder.resolve("tmp"));
        environment.put("LC_ALL", "C.UTF-8");
    }

    /** @param program what follows on java and its options */
    ServiceProcess(List<String> program, Path folder) {
        this.program = program;
        this.folder = folder;
        environment.put("HTTP_PORT", Integer.toString(port));
    }

    /** Uses a folder, and the sandbox for a platform; by variables of the environment. */
    ServiceProcess with(Path data, Sandbox sandbox) {
        return environment("FOLDER", data.toString())
                .environment("DEWATERMARK_API_KEY", sandbox.apiKey())
                .environment("DEWATERMARK_BASE_URL", sandbox.baseUrl());
    }

    /** Not started: the same with the same settings, which says how this one is. */
    ServiceProcess status() {
        ServiceProcess status = new ServiceProcess(program, folder).arguments("status");
        status.environment.putAll(environment);
        status.jvmOptions.addAll(jvmOptions);
        status.arguments.addAll(arguments);
        return status;
    }

    ServiceProcess environment(String name, String value) {
        environment.put(name, value);
        return this;
    }

    ServiceProcess property(String name, Object value) {
        jvmOptions.add("-D" + name + "=" + value);
        return this;
    }

    ServiceProcess arguments(String... values) {
        arguments.addAll(List.of(values));
        return this;
    }

    ServiceProcess log(Consumer<String> lines) {
        log = lines;
        return this;
    }

    ServiceProcess start() throws IOException {
        Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts in half the time
        command.addAll(jvmOptions);
        command.addAll(program);
        command.addAll(arguments);
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        List.of("DEWATERMARK_API_KEY", "JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS").forEach(builder.environment()::remove);
        builder.environment().put("LC_ALL", "C"); // no locale, unless it is set for this process
        builder.environment().putAll(environment);
        process = builder.start();
        Thread reader = new Thread(this::read, "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
        return this;
    }

    /** Waits for a line of its output that contains a text, and returns it. */
    synchronized String awaitLine(String text) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS);
        while (true) {
            for (String line : output) {
                if (line.contains(text)) {
                    return line;
                }
            }
            long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
            if (ended || left <= 0) {
                throw new AssertionError("There is no line with \"" + text + "\" in " + output);
            }
            wait(left);
        }
    }

    /** Of /health and /metrics. */
    int port() {
        return port;
    }

    synchronized List<String> output() {
        return List.copyOf(output);
    }

    String url(String path) {
        return "http://127.0.0.1:" + port + path;
    }

    /** What it answers to a GET. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create(url(path)))
                .timeout(Duration.ofSeconds(10))
                .build();
        return HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
    }

    /** As {@code systemctl stop} does it, with SIGTERM. Returns the exit code. */
    int stop() throws InterruptedException {
        process.toHandle().destroy(); // that of Process also closes its output
        return awaitEnd();
    }

    /** Returns the exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(SECONDS, TimeUnit.SECONDS)) {
            throw new AssertionError("It goes on, after " + output());
        }
        awaitEndOfOutput();
        return process.exitValue();
    }

    /** Kills it, like {@code kill -9}: it gets no chance to put anything in order. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        if (process != null) {
            kill();
        }
    }

    private synchronized void awaitEndOfOutput() throws InterruptedException {
        while (!ended) {
            wait();
        }
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                log.accept(line);
                add(line);
            }
        } catch (IOException | UncheckedIOException e) {
            add("(its output can't be read: " + e + ")");
        } finally {
            end();
        }
    }

    private synchronized void add(String line) {
        output.add(line);
        notifyAll();
    }

    private synchronized void end() {
        ended = true;
        notifyAll();
    }

    /**
     * Below those that systems hand out by themselves (Linux from 32768): one of these could be somebody else's by the time
     * the service gets to it.
     */
    private static int freePort() {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(10_000, 32_768);
            try (ServerSocket socket = new ServerSocket(port)) {
                return socket.getLocalPort();
            } catch (IOException e) {
                // taken, try another
            }
        }
    }
}
