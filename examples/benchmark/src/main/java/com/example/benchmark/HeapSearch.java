package com.example.benchmark;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

/** Finds the smallest heap with which a contender passes. */
final class HeapSearch {

    private static final int LEAST = 4;
    private static final int MOST = 2048;
    private static final int PICTURES_PER_THREAD = 3;

    /** A JVM that hardly does anything but collect garbage doesn't pass either. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Platform platform;

    HeapSearch(Platform platform) {
        this.platform = platform;
    }

    /** In MB, to about 3 %; {@code null} if the contender has no heap to speak of, or doesn't pass at all. */
    Integer smallest(ContenderKind contender, Cell cell) throws IOException {
        if (contender == ContenderKind.PYTHON) {
            return null;
        }
        int fails = LEAST;
        int passes = MOST;
        while (passes - fails > Math.max(1, passes / 32)) {
            // geometric: most need far less than the most
            int tried = Math.max(fails + 1, (int) Math.sqrt((double) fails * passes));
            if (passes(contender, cell, tried)) {
                passes = tried;
            } else {
                fails = tried;
            }
        }
        return passes == MOST ? null : Integer.valueOf(passes);
    }

    private boolean passes(ContenderKind contender, Cell cell, int megabytes) throws IOException {
        List<String> jvmArgs = List.of("-Xmx" + megabytes + "m", "-XX:+ExitOnOutOfMemoryError");
        try (Child child = platform.startQuietly(contender, jvmArgs)) {
            child.killAfter(PATIENCE);
            platform.measure(contender, child, cell, PICTURES_PER_THREAD * cell.concurrency());
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
