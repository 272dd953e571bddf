package com.example;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;

/** Pictures and a clip with a watermark. */
final class Samples {

    static final String PICTURE = "coffee.jpg";
    static final String OTHER_PICTURE = "rocket.jpg";

    /** Six seconds, so 1.2 credits. */
    static final String CLIP = "rocket-pan.mp4";

    private Samples() {}

    /** Drops one into a folder, as if it had been there for a while: it is taken at once. */
    static void drop(String sample, Path folder) throws IOException {
        drop(sample, sample, folder);
    }

    /** The same under another name. */
    static void drop(String sample, String name, Path folder) throws IOException {
        drop(name, read(sample), folder);
    }

    static byte[] read(String sample) throws IOException {
        try (InputStream in = Samples.class.getResourceAsStream((isClip(sample) ? "/video/" : "/images/") + sample)) {
            return in.readAllBytes();
        }
    }

    /** The same with something else. */
    static void drop(String name, byte[] content, Path folder) throws IOException {
        Files.createDirectories(folder);
        Path elsewhere = Files.write(folder.resolveSibling(name + ".dropped"), content);
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minusSeconds(60)));
        Files.move(elsewhere, folder.resolve(name));
    }

    private static boolean isClip(String sample) {
        return sample.endsWith(".mp4");
    }
}
