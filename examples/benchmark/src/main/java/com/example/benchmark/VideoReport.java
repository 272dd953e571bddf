package com.example.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The results with clips as Markdown tables, as JSON, and as a chart per figure. */
final class VideoReport {

    private static final Map<String, String> CHARTS = Map.of(
            VideoResult.MEGABYTES, "video-megabytes.svg",
            VideoResult.CLIP_CPU, "video-cpu.svg",
            VideoResult.CALL_CPU, "video-polls.svg");

    /** With smaller clips it is the five processes of curl that are compared. */
    private static final long LARGE = 200_000_000;

    private final Machine machine;
    private final List<VideoResult> results;

    VideoReport(Machine machine, List<VideoResult> results) {
        this.machine = machine;
        this.results = results;
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("video.md"), markdown());
        Files.writeString(folder.resolve("video.json"), json());
        for (Map.Entry<String, String> chart : CHARTS.entrySet()) {
            Files.writeString(
                    folder.resolve(chart.getValue()), chart(chart.getKey()).svg());
        }
    }

    String markdown() {
        StringBuilder text = new StringBuilder(machine + "\n");
        for (List<VideoResult> rows : byCell()) {
            Set<String> titles = rows.get(0).figures().keySet();
            text.append("\n| ").append(rows.get(0).cell()).append(" | ").append(String.join(" | ", titles));
            text.append(" |\n|---|").append("---:|".repeat(titles.size())).append('\n');
            for (VideoResult row : rows) {
                text.append("| ").append(row.contender()).append(" | ");
                text.append(row.figures().values().stream().map(Figure::text).collect(Collectors.joining(" | ")));
                text.append(" |\n");
            }
        }
        text.append('\n');
        targets().forEach(target -> text.append("- ").append(target).append('\n'));
        return text.toString();
    }

    /** Against curl. */
    private List<Target> targets() {
        List<Target> targets = new ArrayList<>();
        for (List<VideoResult> rows : byCell()) {
            Map<String, VideoResult> of =
                    rows.stream().collect(Collectors.toMap(VideoResult::contender, result -> result));
            VideoResult curl = of.get(ClipContender.Kind.CURL.title());
            if (curl != null && ((ClipCell) curl.cell()).size() >= LARGE) {
                VideoResult component = of.get(ClipContender.Kind.COMPONENT.title());
                targets.add(target(component, curl, VideoResult.MEGABYTES, true, 0.9));
                targets.add(target(component, curl, VideoResult.CLIP_CPU, false, 1.3));
            }
        }
        return targets;
    }

    private static Target target(VideoResult over, VideoResult under, String figure, boolean atLeast, double bound) {
        double ratio = over.figures().get(figure) / under.figures().get(figure);
        return new Target(
                over.contender() + " ÷ " + under.contender() + ", " + figure, over.cell(), atLeast, bound, ratio);
    }

    private Collection<List<VideoResult>> byCell() {
        return results.stream()
                .collect(Collectors.groupingBy(VideoResult::cell, LinkedHashMap::new, Collectors.toList()))
                .values();
    }

    private BarChart chart(String figure) {
        return new BarChart(
                figure,
                results.stream()
                        .filter(result -> result.figures().containsKey(figure))
                        .map(result -> new BarChart.Bar(
                                result.cell().toString(),
                                result.contender().replaceFirst("floor: .*", "floor (raw HTTP client)"),
                                result.figures().get(figure),
                                result.contender().startsWith("component") ? BarChart.GREEN : BarChart.AMBER)));
    }

    private String json() throws IOException {
        Map<String, Object> all = new LinkedHashMap<>(machine.json());
        all.put("results", results);
        all.put("targets", targets());
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all) + "\n";
    }
}
