package com.example;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a PromQL expression asks for. Knows as much of the language as the dashboard and the alerts need, and refuses the rest. */
final class PromQl {

    /** Some series of a metric. */
    record Selector(String metric, List<LabelMatcher> labels) {}

    /** Such as {@code outcome!="error"}. */
    record LabelMatcher(String label, String operator, String value) {

        /** @param actual the value of the label, empty if there is none */
        boolean matches(String actual) {
            boolean same = operator.endsWith("~") ? actual.matches(value) : actual.equals(value);
            return same != operator.startsWith("!");
        }
    }

    private static final Set<String> FUNCTIONS = Set.of("sum", "min", "max", "count", "rate", "increase", "absent");

    private static final Set<String> BEFORE_LABELS = Set.of("by", "on");

    private static final Set<String> OPERATORS = Set.of("and", "or", "unless", "offset");

    private static final Pattern NAME = Pattern.compile("[a-zA-Z_:][\\w:]*");

    private static final Pattern TOKEN =
            Pattern.compile("\\s+|#.*|\"[^\"\\\\]*\"|\\[[^\\]]*]|\\d+[a-z]*|[=!]~|[=!<>]=|" + NAME + "|[-+*/=<>(){},]");

    private static final Pattern RANGE = Pattern.compile("\\[(\\d+[smhd]|\\$__rate_interval)]");

    private final List<Selector> selectors = new ArrayList<>();
    private final Set<String> groupingLabels = new TreeSet<>();
    private final String expression;
    private final List<String> tokens;
    private int position;

    private PromQl(String expression) {
        this.expression = expression;
        tokens = tokens(expression);
    }

    static PromQl parse(String expression) {
        PromQl query = new PromQl(expression);
        while (query.position < query.tokens.size()) {
            query.read();
        }
        return query;
    }

    List<Selector> selectors() {
        return selectors;
    }

    /** Of {@code by} and {@code on}. */
    Set<String> groupingLabels() {
        return groupingLabels;
    }

    private void read() {
        String token = next(any -> true);
        if (token.startsWith("[") && !RANGE.matcher(token).matches()) {
            throw wrong("isn't a range", token);
        }
        if (!isName(token) || OPERATORS.contains(token)) {
            return;
        }
        if (BEFORE_LABELS.contains(token)) {
            groupingLabels.addAll(list("(", () -> next(PromQl::isName), ")"));
        } else if (!FUNCTIONS.contains(token)) {
            if (isNext("(")) {
                throw wrong("isn't a known function", token);
            }
            selectors.add(new Selector(token, isNext("{") ? list("{", this::matcher, "}") : List.of()));
        }
    }

    private LabelMatcher matcher() {
        String label = next(PromQl::isName);
        String operator = next(Set.of("=", "!=", "=~", "!~")::contains);
        String value = next(token -> token.startsWith("\""));
        return new LabelMatcher(label, operator, value.substring(1, value.length() - 1));
    }

    private <T> List<T> list(String begin, Supplier<T> element, String end) {
        List<T> elements = new ArrayList<>();
        next(begin::equals);
        do {
            elements.add(element.get());
        } while (next(token -> token.equals(",") || token.equals(end)).equals(","));
        return elements;
    }

    private boolean isNext(String token) {
        return position < tokens.size() && tokens.get(position).equals(token);
    }

    private String next(Predicate<String> expected) {
        String token = position < tokens.size() ? tokens.get(position++) : "";
        if (!expected.test(token)) {
            throw wrong("isn't expected", token);
        }
        return token;
    }

    private IllegalArgumentException wrong(String what, String token) {
        return new IllegalArgumentException("\"" + token + "\" " + what + " in " + expression);
    }

    private static boolean isName(String token) {
        return NAME.matcher(token).matches();
    }

    private static List<String> tokens(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher token = TOKEN.matcher(expression);
        int end = 0;
        while (token.find() && token.start() == end) {
            end = token.end();
            if (!token.group().isBlank() && !token.group().startsWith("#")) {
                tokens.add(token.group());
            }
        }
        if (end < expression.length()) {
            throw new IllegalArgumentException("\"" + expression.substring(end) + "\" isn't understood");
        }
        return tokens;
    }
}
