package com.example;

import com.example.PromQl.Selector;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What {@code /metrics} had at one time. */
record Scrape(List<Series> series) {

    record Series(String metric, Map<String, String> labels, double value) {}

    /** Prometheus adds them to each series that it reads. */
    private static final Set<String> LABELS_OF_PROMETHEUS = Set.of("job", "instance");

    private static final Pattern LINE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");

    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\",?");

    static Scrape parse(String metrics) {
        return new Scrape(metrics.lines()
                .filter(line -> !line.startsWith("#"))
                .map(Scrape::series)
                .toList());
    }

    private static Series series(String line) {
        Matcher parts = LINE.matcher(line);
        if (!parts.matches()) {
            throw new IllegalArgumentException("No series: " + line);
        }
        Map<String, String> labels = new TreeMap<>();
        if (parts.group(2) != null) {
            LABEL.matcher(parts.group(2)).results().forEach(label -> labels.put(label.group(1), label.group(2)));
        }
        return new Series(parts.group(1), labels, Double.parseDouble(parts.group(3)));
    }

    /** Whether one of its series has the name, and each label with a value that is asked for. */
    boolean has(Selector selector) {
        return series.stream().anyMatch(one -> matches(one, selector));
    }

    private static boolean matches(Series one, Selector selector) {
        return one.metric().equals(selector.metric())
                && selector.labels().stream()
                        .filter(matcher -> !LABELS_OF_PROMETHEUS.contains(matcher.label()))
                        .allMatch(matcher -> one.labels().containsKey(matcher.label())
                                && matcher.matches(one.labels().get(matcher.label())));
    }

    /** The sum of the series that a selector, such as {@code up{job="a"}}, asks for; 0 if there is none. */
    BigDecimal sum(String selector) {
        return PromQl.parse(selector).selectors().stream()
                .flatMap(wanted -> series.stream().filter(one -> matches(one, wanted)))
                .map(one -> BigDecimal.valueOf(one.value()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    /** The labels that the series of these metrics have. */
    Set<String> labels(List<Selector> selectors) {
        Set<String> labels = series.stream()
                .filter(one -> selectors.stream()
                        .anyMatch(selector -> selector.metric().equals(one.metric())))
                .flatMap(one -> one.labels().keySet().stream())
                .collect(Collectors.toSet());
        labels.addAll(LABELS_OF_PROMETHEUS);
        return labels;
    }
}
