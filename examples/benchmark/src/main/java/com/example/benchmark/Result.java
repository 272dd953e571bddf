package com.example.benchmark;

import java.util.List;

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
        double rate = Median.of(rounds, Measurement::picturesPerSecond);
        return new Result(
                contender,
                cell,
                rounds.size(),
                rate,
                rate * cell.size() / 1e6,
                Median.of(rounds, Measurement::cpuMillisPerPicture),
                Median.of(rounds, Measurement::allocatedMegabytesPerPicture),
                heap,
                rounds.stream().map(Measurement::picturesPerSecond).toList());
    }
}
