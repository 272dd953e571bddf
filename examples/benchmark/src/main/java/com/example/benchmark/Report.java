package com.example.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The results as a Markdown table, as JSON, and as a chart per figure. */
final class Report {

    private final Machine machine;
    private final List<Result> results;
    private final List<Figure> figures;

    Report(Machine machine, List<Result> results) {
        this.machine = machine;
        this.results = results;
        this.figures = Arrays.stream(Figure.values())
                .filter(figure -> results.stream().anyMatch(result -> !Double.isNaN(figure.of(result))))
                .toList();
    }

    void write(Path folder) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("benchmark.md"), markdown());
        Files.writeString(folder.resolve("benchmark.json"), json());
        for (Figure figure : figures) {
            if (figure != Figure.MEGABYTES) { // as pictures/s, to another scale
                String name = figure.name().toLowerCase(Locale.ROOT) + ".svg";
                Files.writeString(folder.resolve(name), chart(figure).svg());
            }
        }
    }

    private BarChart chart(Figure figure) {
        return new BarChart(
                figure.title(),
                results.stream()
                        .map(result -> new BarChart.Bar(
                                result.cell().toString(),
                                result.contender().title().replaceFirst("floor: .*", "floor (raw HTTP client)"),
                                figure.of(result),
                                colour(result.contender()))));
    }

    private static String colour(ContenderKind contender) {
        return switch (contender) {
            case FLOOR, FILES -> BarChart.GREY;
            case COMPONENT_MEMORY, COMPONENT_FILE -> BarChart.GREEN;
            case PLAIN_ROUTE, JDK_CLIENT, PYTHON -> BarChart.AMBER;
        };
    }

    String markdown() {
        StringBuilder text = new StringBuilder(machine + "\n");
        byCell().forEach((cell, rows) -> {
            text.append("\n| ").append(cell).append(" | ");
            text.append(figures.stream().map(Figure::title).collect(Collectors.joining(" | ")));
            text.append(" |\n|---|").append("---:|".repeat(figures.size())).append('\n');
            for (Result row : rows) {
                text.append("| ").append(row.contender().title()).append(" | ");
                text.append(figures.stream()
                        .map(figure -> Figure.text(figure.of(row)))
                        .collect(Collectors.joining(" | ")));
                text.append(" |\n");
            }
        });
        text.append('\n');
        Target.of(results).forEach(target -> text.append("- ").append(target).append('\n'));
        return text.toString();
    }

    private Map<Cell, List<Result>> byCell() {
        return results.stream().collect(Collectors.groupingBy(Result::cell, LinkedHashMap::new, Collectors.toList()));
    }

    private String json() throws IOException {
        Map<String, Object> all = new LinkedHashMap<>();
        all.putAll(machine.json());
        all.put("results", results);
        all.put("targets", Target.of(results));
        return new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT).writeValueAsString(all) + "\n";
    }
}
