package com.example.preflight;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The batch in a JVM of its own, which can be killed. */
final class BatchProcess implements AutoCloseable {

    private final Process process;
    private final File output;

    BatchProcess(TestBatch batch, Path output) throws IOException {
        this.output = output.toFile();
        ProcessBuilder builder = new ProcessBuilder(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Dcamel.component.dewatermark.pollInterval=50",
                "-classpath",
                // what surefire passes on as java.class.path may be a jar of its own
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                Batch.class.getName(),
                batch.folder.toString(),
                batch.outbox.toString(),
                "--base-url=" + batch.sandbox.baseUrl()));
        builder.environment().put("DEWATERMARK_API_KEY", batch.sandbox.apiKey());
        process = builder.redirectErrorStream(true).redirectOutput(this.output).start();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** As kill -9 and a power cut do. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** As Ctrl-C and a shutdown of the machine do. */
    void interrupt() {
        process.destroy();
    }

    /** Returns the exit code. */
    int awaitEnd() throws InterruptedException {
        if (!process.waitFor(120, TimeUnit.SECONDS)) {
            throw new AssertionError("It goes on");
        }
        return process.exitValue();
    }

    String output() throws IOException {
        return Files.readString(output.toPath());
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
