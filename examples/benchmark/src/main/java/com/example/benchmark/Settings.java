package com.example.benchmark;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * What is measured, and how thoroughly.
 *
 * @param sizes       of the pictures, in bytes
 * @param concurrency how many pictures are under way at once
 * @param rounds      of which the median counts
 * @param seconds     that a round of one contender takes, about
 * @param heap        whether the smallest heap is searched, too, which takes long
 * @param output      folder of the reports
 * @param jvmArgs     of each contender
 */
record Settings(
        List<Integer> sizes,
        List<Integer> concurrency,
        List<ContenderKind> contenders,
        int rounds,
        double seconds,
        boolean heap,
        Path output,
        List<String> jvmArgs) {

    private static final double MEGABYTE = 1e6;

    /** @param arguments {@code --name=value} for each */
    static Settings of(String... arguments) {
        Map<String, String> values = values(arguments);
        return new Settings(
                list(values.get("sizes"), megabytes -> (int) (Double.parseDouble(megabytes) * MEGABYTE)),
                list(values.get("concurrency"), Integer::valueOf),
                values.get("contenders").equals("all")
                        ? List.of(ContenderKind.values())
                        : list(values.get("contenders"), ContenderKind::named),
                Integer.parseInt(values.get("rounds")),
                Double.parseDouble(values.get("seconds")),
                Boolean.parseBoolean(values.get("heap")),
                Path.of(values.get("output")),
                List.of(values.get("jvmArgs").split(" ")));
    }

    static Map<String, String> values(String... arguments) {
        return Arrays.stream(arguments)
                .map(argument -> argument.substring("--".length()).split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1], (earlier, later) -> later));
    }

    static String megabytes(long size) {
        double megabytes = size / MEGABYTE;
        return (megabytes == Math.rint(megabytes) ? String.valueOf((long) megabytes) : String.valueOf(megabytes))
                + " MB";
    }

    private static <T> List<T> list(String value, Function<String, T> element) {
        return Arrays.stream(value.split(",")).map(element).toList();
    }
}
