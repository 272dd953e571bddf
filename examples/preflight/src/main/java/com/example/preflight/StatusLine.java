package com.example.preflight;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Says how far a longer work is: in one line that is rewritten on a terminal, in a new line now and then elsewhere. */
final class StatusLine {

    private final PrintWriter out;
    private final boolean rewritten;
    private final long pause;
    private final LongSupplier nanoTime;
    private long latest;
    private int width;

    /** @param rewritten whether there is a terminal */
    StatusLine(PrintWriter out, boolean rewritten, Duration pause, LongSupplier nanoTime) {
        this.out = out;
        this.rewritten = rewritten;
        this.pause = pause.toNanos();
        this.nanoTime = nanoTime;
        this.latest = nanoTime.getAsLong();
    }

    /** @param lines how long it is from one line to the next where there is no terminal */
    static StatusLine on(PrintWriter out, Duration lines) {
        boolean terminal = Terminal.isThere();
        return new StatusLine(out, terminal, terminal ? Duration.ofMillis(100) : lines, System::nanoTime);
    }

    boolean isRewritten() {
        return rewritten;
    }

    /** Shows how far it is, unless it was shown a moment ago. */
    synchronized void show(Supplier<String> text) {
        long now = nanoTime.getAsLong();
        if (now - latest < pause) {
            return;
        }
        latest = now;
        if (rewritten) {
            String line = text.get();
            out.print("\r" + line + " ".repeat(Math.max(0, width - line.length())));
            width = line.length();
        } else {
            out.println(text.get());
        }
        out.flush();
    }

    /** The work is done: nothing of this stays on a terminal. */
    synchronized void end(Supplier<String> text) {
        if (rewritten) {
            clear();
        } else {
            out.println(text.get());
        }
        out.flush();
    }

    /** Prints something that stays. */
    synchronized void println(String line) {
        clear();
        out.println(line);
        out.flush();
    }

    private void clear() {
        if (width > 0) {
            out.print("\r" + " ".repeat(width) + "\r");
            width = 0;
        }
    }
}
