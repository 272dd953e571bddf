package com.example;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.Supplier;

/**
 * File names as strangers may choose them, all different, all with the ending of a picture. The same seed gives the same names:
 * put {@link #toString} into the message of each assertion.
 */
final class StrangeNames {

    private static final String[] ENDINGS = {".jpg", ".JPG", ".jpeg", ".Jpeg", ".png", ".PNG", ".webp", ".tiff"};

    /** Of which no server, disk or bucket needs to be afraid. */
    private static final String[] WORDS = {
        "photo",
        "Übergröße",
        "e\u0301te\u0301",
        "\u00e9t\u00e9",
        "日本語",
        "照片",
        "한국",
        "שלום",
        "مرحبا",
        "😀",
        "👩‍👩‍👧",
        "🇩🇪",
        "नमस्ते",
        "a..b",
        "x...",
        "two words",
        " - ",
        "100%",
        "%20",
        "$5",
        "{1}",
        "#7",
        "a&b",
        "a+b=c",
        "[x]",
        "(2)",
        "it's",
        "\"q\"",
        "a;b",
        "~",
        "a,b",
        "!",
        "@",
        "^",
        "_",
        "ß",
        "ﬁ",
        "Ａ",
        "İ",
        "ı",
        "\u200d",
        "\u00a0",
        "0",
        "-rf",
        "con",
        "nul"
    };

    private static final String[] CONTROLS = {"\t", "\n", "\r", "\r\n", "\u0001", "\u001b[2J", "\u007f", "\0"};

    private static final String[] WAYS_OUT = {
        "../",
        "../../",
        "/",
        "a/../../",
        "/etc/",
        "./../",
        "..\\",
        "\\",
        "a\\..\\..\\",
        "C:\\",
        "sub/",
        "sub\\",
        "%2e%2e%2f",
        "%2E%2E/",
        "..%2f",
        "..%2F..%2f",
        "%2f",
        "%5c",
        "..%5C",
        "%2e%2e%5c",
        "a%2f..%2fb"
    };

    private static final String[] CODE = {
        "properties:" + Canary.PROPERTY,
        "properties:camel.component.dewatermark.apiKey",
        "sys.user.home",
        "env.PATH",
        "camelContext.stop()",
        "camelContext.getName",
        "exchange.setRouteStop(true)",
        "date:now:yyyy",
        "file:name",
        "body"
    };

    private static final String[] EXPRESSIONS = {
        "${%s}",
        "$simple{%s}",
        "#{%s}",
        "${${%s}}",
        "$simple{${%s}}",
        "$simple{$simple{%s}}",
        "${ %s }",
        "x${%s}y",
        "x$simple{%s}y"
    };

    /** That some may take for an expression. */
    private static final String[] NEARLY = {
        "$SIMPLE{%s}",
        "$Simple{%s}",
        "$simple {%s}",
        "$%%7b%s}",
        "%%24{%s}",
        "%%24%%7b%s%%7D",
        "%%24simple%%7B%s%%7D",
        "%%23{%s}",
        "%%7b%%7b%s%%7d%%7d",
        "$ {%s}",
        "$\u200d{%s}",
        "＄{%s}",
        "$\\{%s}",
        "{%s}",
        "$(%s)",
        "`%s`",
        "%%2524{%s}"
    };

    private final Set<String> all = new LinkedHashSet<>();
    private final List<String> harmless = new ArrayList<>();
    private final List<String> forbidden = new ArrayList<>();
    private final List<String> borderline = new ArrayList<>();
    private final long seed;
    private final Random random;

    StrangeNames(long seed, int count) {
        this.seed = seed;
        random = new Random(seed);
        fill(harmless, count / 2, this::harmlessName);
        fill(forbidden, count / 3, this::forbiddenName);
        fill(borderline, count - all.size(), this::borderlineName);
    }

    /** Of each kind, in no order. */
    List<String> all() {
        List<String> mixed = new ArrayList<>(all);
        Collections.shuffle(mixed, new Random(seed));
        return mixed;
    }

    /** Names of at most 100 bytes to be treated like any other. */
    List<String> harmless() {
        return harmless;
    }

    /** With a control character, a way out of the folder, or the start of an expression. */
    List<String> forbidden() {
        return forbidden;
    }

    /** Long, hidden, with a wildcard, or nearly an expression: such a name may be refused or not, and must do no harm. */
    List<String> borderline() {
        return borderline;
    }

    /** Whether it can be the name of a file on Linux. */
    static boolean canBeFile(String name) {
        return name.indexOf('/') < 0 && name.indexOf('\0') < 0 && bytes(name) <= 255;
    }

    static int bytes(String name) {
        return name.getBytes(StandardCharsets.UTF_8).length;
    }

    @Override
    public String toString() {
        return "names of seed " + seed;
    }

    private void fill(List<String> kind, int count, Supplier<String> maker) {
        while (kind.size() < count) {
            String name = maker.get();
            if (all.add(name)) {
                kind.add(name);
            }
        }
    }

    private String harmlessName() {
        StringBuilder name = new StringBuilder();
        do {
            name.append(oneOf(WORDS));
        } while (random.nextInt(3) > 0 && bytes(name.toString()) < 60);
        // the number keeps a combination of words from becoming something else, and names apart that a disk may take
        // for one
        return name.append(random.nextInt(10_000)).append(oneOf(ENDINGS)).toString();
    }

    private String forbiddenName() {
        String name = harmlessName();
        int at = name.offsetByCodePoints(0, random.nextInt(3) == 0 ? 1 : 0);
        String bad =
                switch (random.nextInt(3)) {
                    // not the first one, as white space at either end is easily lost
                    case 0 -> "x" + oneOf(CONTROLS);
                    case 1 -> oneOf(WAYS_OUT);
                    default -> expression();
                };
        return name.substring(0, at) + bad + name.substring(at);
    }

    private String expression() {
        return random.nextInt(4) == 0
                ? "{{" + (random.nextBoolean() ? Canary.PROPERTY : "camel.component.dewatermark.apiKey") + "}}"
                : oneOf(EXPRESSIONS).formatted(code());
    }

    private String code() {
        return random.nextBoolean() ? Canary.CALL : oneOf(CODE);
    }

    private String borderlineName() {
        return switch (random.nextInt(4)) {
            case 0 -> oneOf(new String[] {".", "..", "...", ". ", " .", "a*", "b?"}) + harmlessName();
            case 1 -> oneOf(NEARLY).formatted(code()) + oneOf(ENDINGS);
            case 2 -> oneOf(new String[] {"\u0085", "\u202e", "\u2028", "\ufeff", "\u0600", "\ue000"}) + harmlessName();
            default -> longName(225 + random.nextInt(31));
        };
    }

    /** With exactly so many bytes in UTF-8. */
    private String longName(int bytes) {
        String letter = oneOf(new String[] {"a", "ü", "語", "😀"});
        String ending = oneOf(ENDINGS);
        StringBuilder name = new StringBuilder(String.valueOf(random.nextInt(10)));
        while (bytes(name + letter + ending) <= bytes) {
            name.append(letter);
        }
        return name + "x".repeat(bytes - bytes(name + ending)) + ending;
    }

    private String oneOf(String[] choices) {
        return choices[random.nextInt(choices.length)];
    }
}
