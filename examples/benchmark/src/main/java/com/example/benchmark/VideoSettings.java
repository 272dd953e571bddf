package com.example.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What is measured of clips, and how thoroughly.
 *
 * @param cells        clips by size and number
 * @param tasks        how many are polled at once
 * @param pollInterval of each, in seconds
 * @param rounds       of which the median counts
 * @param seconds      that a round takes, about, unless a single clip takes longer
 * @param verified     whether the server looks at what is uploaded, which costs time
 * @param output       folder of the reports
 * @param jvmArgs      of the component
 */
record VideoSettings(
        List<ClipCell> cells,
        List<Integer> tasks,
        int pollInterval,
        int rounds,
        double seconds,
        boolean verified,
        Path output,
        List<String> jvmArgs) {

    /** @param arguments {@code --name=value} for each */
    static VideoSettings of(String... arguments) {
        Map<String, String> values = Settings.values(arguments);
        return new VideoSettings(
                Arrays.stream(values.get("clips").split(",")).map(ClipCell::of).toList(),
                Arrays.stream(values.get("tasks").split(","))
                        .map(Integer::valueOf)
                        .toList(),
                Integer.parseInt(values.get("pollInterval")),
                Integer.parseInt(values.get("rounds")),
                Double.parseDouble(values.get("seconds")),
                Boolean.parseBoolean(values.get("verified")),
                Path.of(values.get("output")),
                List.of(values.get("videoJvmArgs").split(" ")));
    }
}
