package io.github.cameldewatermark.observe.page;

import static org.apache.camel.util.StringHelper.xmlEncode;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.Credits;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.observe.ExchangeStatistics.FailedFile;
import io.github.cameldewatermark.task.TasksInFlight;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.camel.util.TimeUtils;

/** Writes a status as the main part of a page. All texts are escaped: names of files come from anybody. */
final class StatusHtml {

    private static final DateTimeFormatter TIME = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm");

    private static final int CHART_HEIGHT = 60;

    private final Status status;

    private StatusHtml(Status status) {
        this.status = status;
    }

    static String of(Status status) {
        StatusHtml html = new StatusHtml(status);
        return "<main>\n" + html.state() + html.credits() + html.underWay() + html.results() + html.failures()
                + "</main>";
    }

    private String state() {
        String text = status.problem() == null
                ? "<p id=\"state\" role=\"status\">All is well.</p>"
                : "<p id=\"state\" role=\"status\" class=\"problem\">" + xmlEncode(status.problem()) + "</p>";
        return section(
                "now", "Now", true, text + soft("As of " + time(status.now().toInstant())));
    }

    private String credits() {
        String figures = figure("left", status.available())
                + (status.allowed() == null ? "" : figure("allowed by the limit", status.allowed()))
                + figure("spent today", status.today())
                + figure("spent this month", status.thisMonth());
        return section("credits", "Credits", false, "<dl>" + figures + "</dl>" + chart());
    }

    private static String figure(String name, BigDecimal credits) {
        String value = credits == null ? "?" : Credits.number(credits);
        return "<div><dt>" + name + "</dt><dd>" + value + "</dd></div>";
    }

    private String chart() {
        double most = status.days().values().stream()
                .mapToDouble(BigDecimal::doubleValue)
                .max()
                .orElse(0);
        if (most == 0) {
            return soft("Nothing was spent in the last " + Status.DAYS + " days.");
        }
        StringBuilder bars = new StringBuilder();
        int x = 0;
        for (Map.Entry<LocalDate, BigDecimal> day : status.days().entrySet()) {
            double height = Math.ceil(CHART_HEIGHT * day.getValue().doubleValue() / most);
            bars.append(format(
                    "<rect x=\"%d\" y=\"%d\" width=\"8\" height=\"%d\"><title>%s: %s</title></rect>",
                    x, (int) (CHART_HEIGHT - height), (int) height, day.getKey(), Credits.text(day.getValue())));
            x += 10;
        }
        String label = "The last " + Status.DAYS + " days, up to " + Credits.text(BigDecimal.valueOf(most)) + " a day";
        return format(
                "<svg viewBox=\"0 0 %d %d\" preserveAspectRatio=\"none\" role=\"img\" aria-label=\"%s\">%s<line x1=\"0\" x2=\"%d\" y1=\"%d\" y2=\"%d\"/></svg>%s",
                x, CHART_HEIGHT, label, bars, x, CHART_HEIGHT, CHART_HEIGHT, soft(label));
    }

    private String underWay() {
        String counts = "<p>" + status.exchanges() + (status.exchanges() == 1 ? " file" : " files") + ", of which "
                + status.waiting() + " wait for their turn</p>";
        return section("work", "Under way", false, counts + list("", status.tasks(), this::task, ""));
    }

    private String task(TasksInFlight.Snapshot task) {
        String name = xmlEncode(task.name());
        return format(
                "<span class=\"name\">%s</span> <span class=\"soft\">for %s</span><br><progress max=\"1\" value=\"%s\" aria-label=\"%s\"></progress>",
                name, TimeUtils.printDuration(task.age(status.now().toInstant()), false), task.progress(), name);
    }

    private String results() {
        return section(
                "results", "Last results", true, list("results", status.results(), this::result, soft("None yet.")));
    }

    private String result(Entry entry) {
        BigDecimal credits = entry.charge(Billed.YES).credits();
        String pictures = entry.fact(Entry.LENGTH + Journal.BEFORE) == null
                ? "<span class=\"soft\">" + xmlEncode(entry.operation()) + "</span>"
                : picture(entry, "before") + picture(entry, "after");
        return "<div class=\"pair\">" + pictures + "</div><span class=\"name\">"
                + xmlEncode(entry.name()) + "</span><br>" + time(entry.since())
                + (credits == null ? "" : " <span class=\"soft\">" + Credits.text(credits) + "</span>");
    }

    private static String picture(Entry entry, String which) {
        return format(
                "<img loading=\"lazy\" src=\"thumbnail/%s/%d/%s\" alt=\"%s, %s\">",
                entry.key(), entry.since().toEpochMilli(), which, xmlEncode(entry.name()), which);
    }

    private String failures() {
        String failures = list("", status.failures(), this::failure, soft("None since the start."));
        return section("failures", "Last failures", true, failures);
    }

    private String failure(FailedFile failure) {
        String billed =
                switch (failure.billed()) {
                    case NO -> "";
                    case YES -> " <span class=\"billed\">charged</span>";
                    case UNKNOWN -> " <span class=\"billed\">may have been charged</span>";
                };
        return time(failure.time()) + " <span class=\"name\">" + xmlEncode(failure.name()) + "</span>" + billed
                + "<br><span class=\"reason\">" + xmlEncode(failure.reason()) + "</span>";
    }

    private String time(Instant time) {
        var local = time.atZone(status.now().getZone());
        boolean isToday = local.toLocalDate().equals(status.now().toLocalDate());
        return format("<time datetime=\"%s\">%s</time>", time, (isToday ? TIME : DAY).format(local));
    }

    private static String section(String id, String title, boolean wide, String content) {
        return format(
                "<section id=\"%s\" aria-labelledby=\"%s-title\"%s><h2 id=\"%s-title\">%s</h2>%s</section>\n",
                id, id, wide ? " class=\"wide\"" : "", id, title, content);
    }

    /** @param ifNone what to show then: an empty list would be read out */
    private static <T> String list(String style, List<T> items, Function<T, String> html, String ifNone) {
        if (items.isEmpty()) {
            return ifNone;
        }
        return items.stream()
                .map(item -> "<li>" + html.apply(item) + "</li>")
                .collect(Collectors.joining("\n", "<ul class=\"" + style + "\">", "</ul>"));
    }

    private static String soft(String html) {
        return "<p class=\"soft\">" + html + "</p>";
    }

    private static String format(String html, Object... values) {
        return String.format(Locale.ROOT, html, values);
    }
}
