package com.example.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A figure of all contenders as SVG: a panel for each cell, a bar for each contender. */
final class BarChart {

    private static final int COLUMNS = 2;
    private static final int PANEL_WIDTH = 520;
    private static final int NAME_WIDTH = 240;
    private static final int BAR_WIDTH = 200;
    private static final int ROW = 20;
    private static final int HEAD = 34;

    private final Figure figure;
    private final Map<Cell, List<Result>> panels;
    private final StringBuilder svg = new StringBuilder();

    BarChart(Figure figure, List<Result> results) {
        this.figure = figure;
        this.panels = results.stream()
                .filter(result -> !Double.isNaN(figure.of(result)))
                .collect(Collectors.groupingBy(Result::cell, LinkedHashMap::new, Collectors.toList()));
    }

    String svg() {
        int most = panels.values().stream().mapToInt(List::size).max().orElse(0);
        int panelHeight = HEAD + most * ROW + 12;
        int rows = (panels.size() + COLUMNS - 1) / COLUMNS;
        add("""
                <svg xmlns="http://www.w3.org/2000/svg" width="%d" height="%d" font-family="sans-serif" font-size="12">
                <rect width="100%%" height="100%%" fill="white"/>
                """, COLUMNS * PANEL_WIDTH, rows * panelHeight);
        int at = 0;
        for (Map.Entry<Cell, List<Result>> panel : panels.entrySet()) {
            add("<g transform=\"translate(%d %d)\">%n", at % COLUMNS * PANEL_WIDTH, at / COLUMNS * panelHeight);
            panel(panel.getKey(), panel.getValue());
            add("</g>%n");
            at++;
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(Cell cell, List<Result> results) {
        add("<text x=\"12\" y=\"20\" font-weight=\"bold\">%s: %s</text>%n", figure.title(), cell);
        double longest = results.stream().mapToDouble(figure::of).max().orElse(1);
        int y = HEAD;
        for (Result result : results) {
            double value = figure.of(result);
            double width = Math.max(1, BAR_WIDTH * value / longest);
            add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", NAME_WIDTH, y + 13, name(result));
            add(
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    NAME_WIDTH + 8, y + 2, width, ROW - 5, colour(result.contender()));
            add("<text x=\"%.1f\" y=\"%d\">%s</text>%n", NAME_WIDTH + 14 + width, y + 13, Figure.text(value));
            y += ROW;
        }
    }

    private static String name(Result result) {
        return result.contender().title().replaceFirst("floor: .*", "floor (raw HTTP client)");
    }

    private static String colour(ContenderKind contender) {
        return switch (contender) {
            case FLOOR -> "#9e9e9e";
            case COMPONENT_MEMORY, COMPONENT_FILE, COMPONENT_FILE_BARE -> "#2e7d32";
            case PLAIN_ROUTE, JDK_CLIENT, PYTHON -> "#c77d0a";
        };
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
