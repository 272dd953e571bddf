package com.example.benchmark;

/**
 * One setting in which those who clean clips are compared.
 *
 * @param size        of a clip in bytes
 * @param concurrency how many are under way at once
 */
record ClipCell(long size, int concurrency) {

    /** @param text such as {@code 1000x1}: megabytes, and how many at once */
    static ClipCell of(String text) {
        String[] parts = text.split("x");
        return new ClipCell((long) (Double.parseDouble(parts[0]) * 1e6), Integer.parseInt(parts[1]));
    }

    @Override
    public String toString() {
        return Settings.megabytes(size) + ", " + concurrency + " at once";
    }
}
