package io.github.cameldewatermark.sandbox.platform;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One small JSON file per thing to remember. */
final class Json {

    static final ObjectMapper MAPPER =
            new ObjectMapper().configure(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES, false);

    private static final String ENDING = ".json";
    private static final String HALF = ".half";

    private Json() {}

    /** Writes {@code folder/name.json}: under another name first, so that a killed process leaves no half file. */
    static void write(Path folder, String name, Object value) throws IOException {
        Path half = Files.createTempFile(folder, name, HALF);
        try {
            Files.write(half, MAPPER.writeValueAsBytes(value));
            Files.move(
                    half,
                    folder.resolve(name + ENDING),
                    StandardCopyOption.ATOMIC_MOVE,
                    StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(half);
        }
    }

    /** All that {@link #write} has written to the folder, at the start: what it had no time to finish is deleted. */
    static <T> List<T> readAll(Path folder, Class<T> type) throws IOException {
        List<T> values = new ArrayList<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (file.toString().endsWith(ENDING)) {
                    values.add(MAPPER.readValue(file.toFile(), type));
                } else if (file.toString().endsWith(HALF)) {
                    Files.delete(file);
                }
            }
        }
        return values;
    }
}
