package com.example.benchmark;

import java.nio.file.Path;

/**
 * A round of one contender.
 *
 * @param file        to be cleaned again and again
 * @param concurrency how many times at once
 * @param count       how many times in all
 */
record Task(Path file, int concurrency, int count) {

    static Task of(String line) {
        int second = line.lastIndexOf(' ');
        int first = line.lastIndexOf(' ', second - 1);
        return new Task(
                Path.of(line.substring(0, first)),
                Integer.parseInt(line.substring(first + 1, second)),
                Integer.parseInt(line.substring(second + 1)));
    }

    /** For {@link #of(String)}. */
    String line() {
        return file + " " + concurrency + " " + count;
    }
}
