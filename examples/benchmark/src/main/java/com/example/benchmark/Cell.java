package com.example.benchmark;

/**
 * One setting in which all contenders are compared.
 *
 * @param size        of a picture in bytes
 * @param concurrency how many are under way at once
 */
record Cell(int size, int concurrency) {

    @Override
    public String toString() {
        return Settings.megabytes(size) + ", " + concurrency + " at once";
    }
}
