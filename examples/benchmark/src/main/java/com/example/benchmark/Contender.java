package com.example.benchmark;

/** A way to have pictures cleaned. */
interface Contender extends AutoCloseable {

    /** Gets ready; isn't measured. */
    default void prepare(Task task) throws Exception {}

    /** Does it all, and returns when the last result is there; this is what is measured. */
    void run(Task task) throws Exception;

    /** What came of it; isn't measured. */
    Outcome outcome(Task task) throws Exception;

    /**
     * For the proof that it was done.
     *
     * @param bytes  of all results
     * @param result one of them; {@code null} if it was thrown away
     */
    record Outcome(long bytes, byte[] result) {

        /** Of one picture. */
        static Outcome of(byte[] result) {
            return new Outcome(result.length, result);
        }
    }
}
