package com.example.benchmark;

/**
 * One setting in which those who poll are compared.
 *
 * @param tasks    in flight
 * @param interval between two looks at one, in seconds
 */
record PollCell(int tasks, int interval) {

    @Override
    public String toString() {
        return "%d tasks in flight, each polled every %d s".formatted(tasks, interval);
    }
}
