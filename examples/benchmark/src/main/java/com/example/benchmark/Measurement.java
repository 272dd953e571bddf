package com.example.benchmark;

/**
 * One round of one contender.
 *
 * @param pictures  that were cleaned
 * @param nanos     that it took
 * @param cpuNanos  of the process, its garbage collector included
 * @param allocated bytes on the heap, however soon they were garbage; {@code null} if that isn't known
 * @param bytes     of all results
 * @param sha256    of one result, without Exif; {@code null} if it was thrown away
 * @param exif      whether that has Exif
 */
record Measurement(int pictures, long nanos, long cpuNanos, Long allocated, long bytes, String sha256, boolean exif) {

    double picturesPerSecond() {
        return pictures * 1e9 / nanos;
    }

    double cpuMillisPerPicture() {
        return cpuNanos / 1e6 / pictures;
    }

    /** {@code NaN} if that isn't known. */
    double allocatedMegabytesPerPicture() {
        return allocated == null ? Double.NaN : allocated / 1e6 / pictures;
    }

    Measurement with(long resultBytes, String resultSha256, boolean resultExif) {
        return new Measurement(pictures, nanos, cpuNanos, allocated, resultBytes, resultSha256, resultExif);
    }
}
