package com.example.benchmark;

import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A column of the table; {@code NaN} where there is no value. */
enum Figure {
    PICTURES("pictures/s", Result::picturesPerSecond),
    MEGABYTES("MB/s", Result::megabytesPerSecond),
    CPU("CPU ms/picture", Result::cpuMillisPerPicture),
    ALLOCATED("MB allocated/picture", Result::allocatedMegabytesPerPicture),
    HEAP("smallest heap, MB", result -> result.heap() == null ? Double.NaN : result.heap());

    private final String title;
    private final ToDoubleFunction<Result> value;

    Figure(String title, ToDoubleFunction<Result> value) {
        this.title = title;
        this.value = value;
    }

    String title() {
        return title;
    }

    double of(Result result) {
        return value.applyAsDouble(result);
    }

    /** With two or three digits that count. */
    static String text(double value) {
        if (Double.isNaN(value)) {
            return "–";
        }
        return String.format(Locale.ROOT, value < 1 ? "%.2f" : value < 100 ? "%.1f" : "%.0f", value);
    }
}
