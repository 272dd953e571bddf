package com.example.preflight;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.LongSupplier;

/** Shows how far a batch is, by what is done of its estimate: a clip takes longer than a picture, and costs more. */
final class BatchProgress {

    private static final int MINUTE = 60;
    private static final double PERCENT = 100;

    private final StatusLine line;
    private final LongSupplier nanoTime;
    private final long start;
    private final Cost total;
    private Cost done = Cost.NONE;

    BatchProgress(StatusLine line, List<Planned> plan, LongSupplier nanoTime) {
        this.line = line;
        this.nanoTime = nanoTime;
        this.start = nanoTime.getAsLong();
        this.total = plan.stream().map(Planned::price).reduce(Cost.NONE, Cost::plus);
    }

    /** A file is clean, or will never be. */
    synchronized void done(Planned file) {
        done = done.plus(file.price());
        line.show(this::text);
    }

    /** Prints something that stays. */
    void println(String text) {
        line.println(text);
    }

    synchronized void end() {
        line.end(this::text);
    }

    String text() {
        boolean credits = total.credits().signum() > 0;
        double all = credits ? total.credits().doubleValue() : total.files();
        double part = credits ? done.credits().doubleValue() : done.files();
        double seconds = (nanoTime.getAsLong() - start) / 1e9;
        String text = "%d of %d files, %s of %s credits"
                .formatted(done.files(), total.files(), plain(done.credits()), plain(total.credits()));
        if (all > 0) {
            text = "%3d %%  %s".formatted((int) (PERCENT * part / all), text);
        }
        if (part > 0 && seconds > 0) {
            text += ", %s %s/min, %s left"
                    .formatted(
                            rounded(part * MINUTE / seconds),
                            credits ? "credits" : "files",
                            duration(Math.round((all - part) * seconds / part)));
        }
        return text;
    }

    private static String duration(long seconds) {
        Duration left = Duration.ofSeconds(seconds);
        if (seconds < 2 * MINUTE) {
            return seconds + " s";
        }
        return left.toHours() == 0 ? left.toMinutes() + " min" : left.toHours() + " h " + left.toMinutesPart() + " min";
    }

    private static String rounded(double number) {
        return number < 10 ? String.format(Locale.ROOT, "%.1f", number) : String.valueOf(Math.round(number));
    }

    private static String plain(BigDecimal number) {
        BigDecimal rounded = number.setScale(2, RoundingMode.HALF_UP).stripTrailingZeros();
        return rounded.toPlainString();
    }
}
