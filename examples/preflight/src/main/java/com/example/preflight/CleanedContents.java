package com.example.preflight;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The hashes of what was cleaned before: the file of the batch route's {@code FileIdempotentRepository}. */
final class CleanedContents {

    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private CleanedContents() {}

    /**
     * @throws IOException it can't be read, or is something else; the message says which
     */
    static Set<String> read(Path file) throws IOException {
        Set<String> hashes = new HashSet<>();
        // one byte is one character here, so that any file can be looked at
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!line.isBlank() && !HASH.matcher(line).matches()) {
                    throw new IOException("it is no list of content hashes");
                }
                hashes.add(line);
            }
        }
        return hashes;
    }
}
