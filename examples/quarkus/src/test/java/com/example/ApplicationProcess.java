package com.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The application as it is deployed, in a JVM of its own, on a free port. */
final class ApplicationProcess implements AutoCloseable {

    private static final Pattern STARTED = Pattern.compile("started in .* Listening on: (http://\\S+)");

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path log;
    private final Process process;

    private ApplicationProcess(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /**
     * @param folder where it is started, with its log and its temp files
     * @param options of the JVM
     */
    static ApplicationProcess start(Path folder, Map<String, String> environment, String... options)
            throws IOException {
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        Path log = Files.createTempFile(folder, "application-", ".log");
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1", // starts in half the time
                        "-XX:+UseSerialGC",
                        "-Djava.io.tmpdir=" + temp,
                        "-Dquarkus.http.port=0")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        builder.command().addAll(List.of(options));
        builder.command()
                .addAll(List.of(
                        "-jar",
                        Path.of(System.getProperty("application.jar"))
                                .toAbsolutePath()
                                .toString()));
        List.of("DEWATERMARK_API_KEY", "DEWATERMARK_BASE_URL", "FOLDER").forEach(builder.environment()::remove);
        builder.environment().putAll(environment);
        return new ApplicationProcess(log, builder.start());
    }

    /** What it answers to a GET. */
    HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create(url() + path))
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                BodyHandlers.ofString());
    }

    /** Waits until it has started. */
    private String url() {
        return Awaitility.await()
                .atMost(Duration.ofSeconds(180))
                .failFast("it ended", () -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("it ended: " + output());
                    }
                })
                .until(() -> STARTED.matcher(output()), Matcher::find)
                .group(1);
    }

    /** Waits for its end, and returns its exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(180, TimeUnit.SECONDS)) {
            throw new AssertionError("it didn't end: " + output());
        }
        return process.exitValue();
    }

    /** With SIGTERM, as container engines and systemd do it. Returns the exit code. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    /** Kills it, like {@code kill -9}: it gets no chance to put anything in order. */
    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
