package com.example.preflight;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import picocli.CommandLine;

/** A folder, an outbox and a sandbox, and what an operator does with them. */
final class TestBatch implements AutoCloseable {

    static final BigDecimal CREDITS = new BigDecimal(100);

    final Path folder;
    final Path outbox;
    final Path cleaned;
    final Path journal;
    Sandbox sandbox = Sandbox.builder()
            .credits(CREDITS)
            .taskDuration(Duration.ofMillis(100))
            .start();

    /** What the operator says to questions; {@code null} without a terminal. */
    UnaryOperator<String> terminal;

    String out = "";
    String err = "";

    TestBatch(Path temp) {
        folder = temp.resolve("folder");
        outbox = temp.resolve("outbox");
        cleaned = outbox.resolve(".cleaned");
        journal = outbox.resolve(".journal");
    }

    /** Runs the batch with these options, and returns its exit code. */
    int run(String... options) {
        return runWithKey(sandbox.apiKey(), options);
    }

    int runWithKey(String key, String... options) {
        Batch batch = new Batch(key, terminal).with("camel.component.dewatermark.pollInterval", "50");
        Stream<String> arguments = Stream.of(folder.toString(), outbox.toString(), "--base-url=" + sandbox.baseUrl());
        StringWriter output = new StringWriter();
        StringWriter errors = new StringWriter();
        int code = Batch.commandLine(batch)
                .setOut(new PrintWriter(output))
                .setErr(new PrintWriter(errors))
                .execute(Stream.concat(arguments, Stream.of(options)).toArray(String[]::new));
        out = output.toString();
        err = errors.toString();
        return code;
    }

    /** The last line of the output. */
    String summary() {
        return out.lines().reduce("", (before, line) -> line);
    }

    /** What preflight says about the folder, with all that the batch has left. */
    JsonNode estimate() throws IOException {
        StringWriter output = new StringWriter();
        CommandLine preflight = Preflight.commandLine().setOut(new PrintWriter(output));
        preflight.execute(
                folder.toString(),
                "--json",
                "--done=" + cleaned,
                "--journal=" + journal,
                "--base-url=" + sandbox.baseUrl());
        return new ObjectMapper()
                .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
                .readTree(output.toString());
    }

    BigDecimal estimatedCredits() throws IOException {
        return estimate().at("/toClean/credits").decimalValue();
    }

    BigDecimal spent() {
        return CREDITS.subtract(sandbox.balance());
    }

    List<String> cleanedContents() throws IOException {
        return Files.exists(cleaned) ? Files.readAllLines(cleaned) : List.of();
    }

    /** The names of all files, but for what the batch remembers. */
    static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString().replace('\\', '/'))
                    .filter(name -> !name.startsWith(".journal/") && !name.equals(".cleaned"))
                    .sorted()
                    .toList();
        }
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
