package com.example.benchmark;

import java.nio.file.Path;

/**
 * A round of one contender.
 *
 * @param picture     to be cleaned again and again
 * @param concurrency how many times at once
 * @param count       how many times in all
 */
record Task(Path picture, int concurrency, int count) {}
