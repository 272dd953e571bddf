package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** As many different clips of six seconds as one needs. */
final class Clips {

    private Clips() {}

    /** The sample, with a number where a player doesn't look. */
    static byte[] clip(int number) throws IOException {
        try (InputStream in = Clips.class.getResourceAsStream("/rocket-pan.mp4")) {
            byte[] sample = in.readAllBytes();
            byte[] free = "free".getBytes(StandardCharsets.US_ASCII);
            int length = Integer.BYTES + free.length + Integer.BYTES;
            return ByteBuffer.allocate(sample.length + length)
                    .put(sample)
                    .putInt(length)
                    .put(free)
                    .putInt(number)
                    .array();
        }
    }

    /** As if it had been there for a while: a read lock waits for files that may still be written. */
    static void drop(Path file, byte[] content) throws IOException {
        Files.createDirectories(file.getParent());
        Path elsewhere = Files.write(file.getParent().resolveSibling(file.getFileName() + ".dropped"), content);
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minusSeconds(60)));
        Files.move(elsewhere, file);
    }
}
