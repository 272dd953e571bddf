package com.example.benchmark;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;

/** Clips of noise: nobody looks into them, but no two parts of one are alike. */
final class Clips {

    private static final int PART = 1 << 20;

    private Clips() {}

    static Path file(Path folder, long size) {
        return folder.resolve(size + ".mp4");
    }

    static void write(Path folder, long size) throws IOException {
        SplittableRandom random = new SplittableRandom(size);
        byte[] part = new byte[PART];
        try (OutputStream out = Files.newOutputStream(file(folder, size))) {
            for (long left = size; left > 0; left -= PART) {
                random.nextBytes(part);
                out.write(part, 0, (int) Math.min(left, PART));
            }
        }
    }

    static long sum(Path clip) throws IOException {
        try (InputStream in = Files.newInputStream(clip);
                CheckedInputStream checked = new CheckedInputStream(in, new CRC32())) {
            checked.transferTo(OutputStream.nullOutputStream());
            return checked.getChecksum().getValue();
        }
    }
}
