package com.example.preflight;

/** Shows how many files an estimate has looked at. */
final class Progress {

    private static final int WIDTH = 30;

    private final StatusLine line;

    Progress(StatusLine line) {
        this.line = line;
    }

    /** @param what what was done to {@code done} of {@code total} files, such as "checked" */
    void show(String what, int done, int total) {
        if (done == total) {
            line.end(() -> text(what, done, total));
        } else {
            line.show(() -> (line.isRewritten() ? bar(done, total) : "") + text(what, done, total));
        }
    }

    private static String text(String what, int done, int total) {
        return "%d of %d files %s".formatted(done, total, what);
    }

    private static String bar(int done, int total) {
        int filled = (int) ((long) WIDTH * done / total);
        return "[%s%s] %3d %%  ".formatted("#".repeat(filled), ".".repeat(WIDTH - filled), 100L * done / total);
    }
}
