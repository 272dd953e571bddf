package com.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;

/** The jar of the application in a JVM of its own, on a free port. */
final class ApplicationProcess implements AutoCloseable {

    static final Path JAR = Path.of(System.getProperty("application.jar")).toAbsolutePath();

    private static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    /** The port is open before the routes run. */
    private static final Pattern STARTED =
            Pattern.compile("Tomcat started on port (\\d+).*Started Application in", Pattern.DOTALL);

    private final HttpClient http = HttpClient.newHttpClient();
    private final Path log;
    private final Process process;

    private ApplicationProcess(Path log, Process process) {
        this.log = log;
        this.process = process;
    }

    /** Unpacks the jar as for an image of a container: it starts in half the time. Returns the jar there. */
    static Path extract(Path folder) throws IOException, InterruptedException {
        Process extract = new ProcessBuilder(
                        JAVA,
                        "-XX:TieredStopAtLevel=1",
                        "-Djarmode=tools",
                        "-jar",
                        JAR.toString(),
                        "extract",
                        "--destination",
                        folder.toString())
                .inheritIO()
                .start();
        if (!extract.waitFor(180, TimeUnit.SECONDS) || extract.exitValue() != 0) {
            extract.destroyForcibly();
            throw new IllegalStateException("The jar can't be extracted");
        }
        return folder.resolve(JAR.getFileName());
    }

    /**
     * @param jar     the one that is deployed, or the extracted one
     * @param folder  where its temp files and its log are
     * @param apiKey  in its environment; {@code null}: isn't there
     * @param options of its command line
     */
    static ApplicationProcess start(Path jar, Path folder, String apiKey, String... options) throws IOException {
        Path temp = Files.createDirectories(folder.resolve("tmp"));
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts in half the time
        command.add("-Djava.io.tmpdir=" + temp);
        command.addAll(List.of("-jar", jar.toString()));
        command.add("--server.port=0");
        command.addAll(List.of(options));
        Path log = folder.resolve("application.log");
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectErrorStream(true);
        builder.environment().remove("DEWATERMARK_API_KEY");
        if (apiKey != null) {
            builder.environment().put("DEWATERMARK_API_KEY", apiKey);
        }
        return new ApplicationProcess(log, builder.redirectOutput(log.toFile()).start());
    }

    /** What an endpoint of its actuator says. */
    HttpResponse<String> actuator(String path) throws IOException, InterruptedException {
        return request("GET", "/actuator/" + path);
    }

    HttpResponse<String> request(String method, String path) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
                        .method(method, HttpRequest.BodyPublishers.noBody())
                        .timeout(Duration.ofSeconds(30))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    /** Waits until it has started. */
    private String port() {
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

    /** As from the command line with Ctrl-C. */
    int stop() throws InterruptedException {
        process.destroy();
        return awaitEnd();
    }

    String output() {
        try {
            return Files.readString(log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        process.destroyForcibly().onExit().join();
    }
}
