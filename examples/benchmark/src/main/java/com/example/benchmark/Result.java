package com.example.benchmark;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of a contender in a cell: medians of all rounds.
 *
 * @param heap smallest heap in MB, or {@code null} if that wasn't searched
 */
record Result(
        ContenderKind contender,
        Cell cell,
        int rounds,
        double picturesPerSecond,
        double megabytesPerSecond,
        double cpuMillisPerPicture,
        double allocatedMegabytesPerPicture,
        Integer heap,
        List<Double> picturesPerSecondByRound) {

    static Result of(ContenderKind contender, Cell cell, List<Measurement> rounds, Integer heap) {
        double rate = median(rounds, Measurement::picturesPerSecond);
        return new Result(
                contender,
                cell,
                rounds.size(),
                rate,
                rate * cell.size() / 1e6,
                median(rounds, Measurement::cpuMillisPerPicture),
                median(rounds, Measurement::allocatedMegabytesPerPicture),
                heap,
                rounds.stream().map(Measurement::picturesPerSecond).toList());
    }

    private static double median(List<Measurement> rounds, ToDoubleFunction<Measurement> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
