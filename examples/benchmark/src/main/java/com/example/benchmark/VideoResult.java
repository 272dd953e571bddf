package com.example.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/**
 * What was measured of a contender with clips in a cell: medians of all rounds.
 *
 * @param cell    a {@link ClipCell} or a {@link PollCell}
 * @param figures by their titles; {@code NaN} where there is no value
 * @param byRound the first of them, round by round
 */
record VideoResult(Record cell, String contender, int rounds, Map<String, Double> figures, List<Double> byRound) {

    static final String MEGABYTES = "MB/s";
    static final String CLIP_CPU = "CPU ms/clip";
    static final String CALL_CPU = "CPU µs/call";

    static VideoResult of(PollContender contender, PollCell cell, List<PollRound> rounds) {
        Map<String, ToDoubleFunction<PollRound>> figures = new LinkedHashMap<>();
        figures.put("calls/s", PollRound::callsPerSecond);
        figures.put(CALL_CPU, PollRound::cpuMicrosPerCall);
        figures.put("KB allocated/call", PollRound::kilobytesPerCall);
        figures.put("KB of heap/task", round -> round.heapPerTask() / 1e3);
        figures.put("threads at most", PollRound::threads);
        return of(cell, contender.title(), figures, rounds);
    }

    static VideoResult of(ClipContender.Kind contender, ClipCell cell, List<ClipRound> rounds) {
        Map<String, ToDoubleFunction<ClipRound>> figures = new LinkedHashMap<>();
        figures.put("clips/s", ClipRound::clipsPerSecond);
        figures.put(MEGABYTES, round -> round.clipsPerSecond() * cell.size() / 1e6);
        figures.put(CLIP_CPU, ClipRound::cpuMillisPerClip);
        figures.put("threads at most", ClipRound::maxThreads);
        figures.put("MB of heap in use at most", ClipRound::maxHeapMegabytes);
        return of(cell, contender.title(), figures, rounds);
    }

    private static <T> VideoResult of(
            Record cell, String contender, Map<String, ToDoubleFunction<T>> figures, List<T> rounds) {
        Map<String, Double> medians = new LinkedHashMap<>();
        figures.forEach((title, value) -> medians.put(title, Median.of(rounds, value)));
        ToDoubleFunction<T> first = figures.values().iterator().next();
        return new VideoResult(
                cell,
                contender,
                rounds.size(),
                medians,
                rounds.stream().map(first::applyAsDouble).toList());
    }
}
