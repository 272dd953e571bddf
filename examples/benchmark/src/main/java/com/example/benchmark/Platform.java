package com.example.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The server, and the pictures for it; starts contenders, and has them measured. */
final class Platform implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final Child server;
    private final String baseUrl;
    private final Map<Integer, Expected> expected = new HashMap<>();

    Platform(List<Integer> sizes, Path folder) throws Exception {
        this.folder = Files.createDirectories(folder.toAbsolutePath());
        for (int size : sizes) {
            Files.write(photo(size), Pictures.photo(size));
            expected.put(
                    size,
                    new Expected(
                            Files.size(photo(size)),
                            AnswerServer.json(size).length,
                            Worker.sha256(Pictures.result(size))));
        }
        server = Child.java(
                List.of("-Xmx256m"),
                AnswerServer.class,
                sizes.stream().map(String::valueOf).toList());
        baseUrl = "http://127.0.0.1:" + server.await(Connection.LISTENING);
    }

    Child start(ContenderKind contender, List<String> jvmArgs) throws IOException {
        if (contender == ContenderKind.PYTHON) {
            return Child.command(List.of("python3", sample().toString(), baseUrl, workFolder(contender)));
        }
        return Child.java(jvmArgs, Worker.class, List.of(contender.name(), baseUrl, workFolder(contender)));
    }

    /** One whose heap may be too small. */
    Child startQuietly(ContenderKind contender, List<String> jvmArgs) throws IOException {
        return Child.quietJava(jvmArgs, Worker.class, List.of(contender.name(), baseUrl, workFolder(contender)));
    }

    /**
     * A round.
     *
     * @throws IllegalStateException the contender has other pictures than the server gave it
     */
    Measurement measure(ContenderKind contender, Child child, Cell cell, int count) throws IOException {
        child.send(photo(cell.size()) + " " + cell.concurrency() + " " + count);
        Measurement measurement = JSON.readValue(child.await(Worker.RESULT), Measurement.class);
        if (!expected.get(cell.size()).fits(contender, cell, measurement)) {
            throw new IllegalStateException(contender + " has wrong results: " + measurement);
        }
        return measurement;
    }

    String baseUrl() {
        return baseUrl;
    }

    /** Whether the vendor's sample can run here. */
    static boolean hasPython() {
        try {
            Process python = new ProcessBuilder("python3", "-c", "import requests, resource")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return python.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() {
        server.close();
    }

    Path photo(int size) {
        return folder.resolve(size + ".jpg");
    }

    private String workFolder(ContenderKind contender) throws IOException {
        return Files.createDirectories(folder.resolve(contender.name())).toString();
    }

    private Path sample() throws IOException {
        Path script = folder.resolve("vendor_sample.py");
        try (InputStream in = Platform.class.getResourceAsStream("/vendor_sample.py")) {
            Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
        }
        return script;
    }

    /**
     * What a contender must have got.
     *
     * @param photoLength  of what is sent
     * @param answerLength of the JSON
     * @param sha256       of the picture in it
     */
    private record Expected(long photoLength, long answerLength, String sha256) {

        boolean fits(ContenderKind contender, Cell cell, Measurement measured) {
            if (contender == ContenderKind.FLOOR) {
                return measured.bytes() == answerLength * measured.pictures();
            }
            if (contender == ContenderKind.FILES) {
                return measured.bytes() == photoLength * measured.pictures();
            }
            long each = measured.bytes() / measured.pictures();
            boolean allAlike = measured.bytes() % measured.pictures() == 0;
            return sha256.equals(measured.sha256())
                    && measured.exif() == contender.carriesMetadata()
                    && allAlike
                    && (measured.exif() ? each > cell.size() : each == cell.size());
        }
    }
}
