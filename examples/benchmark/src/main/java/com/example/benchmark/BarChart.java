package com.example.benchmark;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A figure of all contenders as SVG: a panel for each cell, a bar for each contender. Where there is no value is no bar. */
final class BarChart {

    static final String GREY = "#9e9e9e";
    static final String GREEN = "#2e7d32";
    static final String AMBER = "#c77d0a";

    private static final int COLUMNS = 2;
    private static final int PANEL_WIDTH = 520;
    private static final int NAME_WIDTH = 240;
    private static final int BAR_WIDTH = 200;
    private static final int ROW = 20;
    private static final int HEAD = 34;

    private final String title;
    private final Map<String, List<Bar>> panels;
    private final StringBuilder svg = new StringBuilder();

    /**
     * One bar.
     *
     * @param panel that it is in
     * @param name  of the contender
     */
    record Bar(String panel, String name, double value, String colour) {}

    BarChart(String title, Stream<Bar> bars) {
        this.title = title;
        this.panels = bars.filter(bar -> !Double.isNaN(bar.value()))
                .collect(Collectors.groupingBy(Bar::panel, LinkedHashMap::new, Collectors.toList()));
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
        for (Map.Entry<String, List<Bar>> panel : panels.entrySet()) {
            add("<g transform=\"translate(%d %d)\">%n", at % COLUMNS * PANEL_WIDTH, at / COLUMNS * panelHeight);
            panel(panel.getKey(), panel.getValue());
            add("</g>%n");
            at++;
        }
        return svg.append("</svg>\n").toString();
    }

    private void panel(String panel, List<Bar> bars) {
        add("<text x=\"12\" y=\"20\" font-weight=\"bold\">%s: %s</text>%n", title, panel);
        double longest = bars.stream().mapToDouble(Bar::value).max().orElse(1);
        int y = HEAD;
        for (Bar bar : bars) {
            double width = Math.max(1, BAR_WIDTH * bar.value() / longest);
            add("<text x=\"%d\" y=\"%d\" text-anchor=\"end\">%s</text>%n", NAME_WIDTH, y + 13, bar.name());
            add(
                    "<rect x=\"%d\" y=\"%d\" width=\"%.1f\" height=\"%d\" fill=\"%s\"/>%n",
                    NAME_WIDTH + 8, y + 2, width, ROW - 5, bar.colour());
            add("<text x=\"%.1f\" y=\"%d\">%s</text>%n", NAME_WIDTH + 14 + width, y + 13, Figure.text(bar.value()));
            y += ROW;
        }
    }

    private void add(String format, Object... values) {
        svg.append(String.format(Locale.ROOT, format, values));
    }
}
