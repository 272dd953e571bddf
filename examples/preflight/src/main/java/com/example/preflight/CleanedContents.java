package com.example.preflight;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Pattern;

/** The list of what was cleaned: a line with its hash for each content whose clean file is written. */
final class CleanedContents {

    private static final int HASH_LENGTH = 64;

    /** A line that a power cut has left may be shorter. */
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{0," + HASH_LENGTH + "}");

    private final Path file;

    CleanedContents(Path file) {
        this.file = file;
    }

    /**
     * @throws IOException it can't be read, or is something else; the message says which
     */
    Set<String> read() throws IOException {
        Set<String> hashes = new HashSet<>();
        // one byte is one character here, so that any file can be looked at
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (!HASH.matcher(line).matches()) {
                    throw new IOException("it is no list of content hashes");
                }
                if (line.length() == HASH_LENGTH) {
                    hashes.add(line);
                }
            }
        }
        return hashes;
    }

    /** Adds a content, on disk when this returns. The line break before it ends what a power cut has left. */
    synchronized void add(String hash) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            String line = (channel.size() == 0 ? "" : "\n") + hash;
            channel.write(ByteBuffer.wrap(line.getBytes(StandardCharsets.US_ASCII)));
            channel.force(false);
        }
    }
}
