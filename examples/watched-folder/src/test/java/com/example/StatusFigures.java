package com.example;

import java.math.BigDecimal;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the page says. */
record StatusFigures(String html) {

    private static final Pattern FAILURE =
            Pattern.compile("(?:<span class=\"billed\">([^<]*)</span>)?<br><span class=\"reason\">([^<]*)</span>");

    /** @param billed empty if nothing was charged */
    record Failure(String billed, String reason) {}

    static StatusFigures of(String html) {
        return new StatusFigures(html);
    }

    BigDecimal credits(String name) {
        Matcher figure =
                Pattern.compile("<dt>" + name + "</dt><dd>([^<]*)</dd>").matcher(html);
        if (!figure.find()) {
            throw new AssertionError("It doesn't say " + name + ": " + html);
        }
        return new BigDecimal(figure.group(1));
    }

    long results() {
        return section("results").lines().filter(line -> line.contains("<li>")).count();
    }

    BigDecimal creditsOfResults() {
        return Pattern.compile("([\\d.]+) credits?</span>")
                .matcher(section("results"))
                .results()
                .map(credits -> new BigDecimal(credits.group(1)))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    List<Failure> failures() {
        return FAILURE.matcher(section("failures"))
                .results()
                .map(failure -> new Failure(failure.group(1) == null ? "" : failure.group(1), text(failure.group(2))))
                .toList();
    }

    private String section(String id) {
        String from = html.substring(html.indexOf("<section id=\"" + id + "\""));
        return from.substring(0, from.indexOf("</section>"));
    }

    private static String text(String html) {
        return html.replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&");
    }
}
