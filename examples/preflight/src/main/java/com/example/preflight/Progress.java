package com.example.preflight;

import java.io.PrintWriter;
import java.time.Duration;

/** Shows how far a longer work is. */
interface Progress {

    /** @param what what was done to {@code done} of {@code total} files, such as "checked" */
    void show(String what, int done, int total);

    /** A bar that stays in its line, for terminals; it is gone when the work is done. */
    static Progress bar(PrintWriter out) {
        int width = 30;
        Pause pause = new Pause(Duration.ofMillis(100));
        return (what, done, total) -> {
            if (done == total) {
                out.print("\r" + " ".repeat(width + 50) + "\r");
                out.flush();
            } else if (pause.isOver()) {
                int filled = (int) ((long) width * done / total);
                out.printf(
                        "\r[%s%s] %3d %%  %d of %d files %s ",
                        "#".repeat(filled), ".".repeat(width - filled), 100L * done / total, done, total, what);
                out.flush();
            }
        };
    }

    /** A line now and then, for files and pipes. */
    static Progress lines(PrintWriter out) {
        Pause pause = new Pause(Duration.ofSeconds(2));
        return (what, done, total) -> {
            if (done == total || pause.isOver()) {
                out.printf("%d of %d files %s%n", done, total, what);
                out.flush();
            }
        };
    }

    /** Keeps output rare, however fast the work is. */
    final class Pause {
        private final long nanos;
        private long latest = System.nanoTime();

        Pause(Duration length) {
            nanos = length.toNanos();
        }

        boolean isOver() {
            long now = System.nanoTime();
            boolean over = now - latest >= nanos;
            if (over) {
                latest = now;
            }
            return over;
        }
    }
}
