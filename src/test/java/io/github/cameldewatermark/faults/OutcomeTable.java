package io.github.cameldewatermark.faults;

import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.error.DewatermarkTaskException;
import io.github.cameldewatermark.faults.Cell.Result;
import io.github.cameldewatermark.faults.Cell.State;
import io.github.cameldewatermark.faults.FaultyRelay.Mode;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** What came of all troubles, for the reader: those of one call that come to the same are one row. */
final class OutcomeTable {

    private static final List<Call> ORDER =
            List.of(Call.CREDIT, Call.ERASE, Call.CREATE_UPLOAD, Call.UPLOAD, Call.SUBMIT, Call.STATUS, Call.DOWNLOAD);

    private static final String RESULT = "the result";

    private final Map<Cell, Result> results;

    OutcomeTable(Map<Cell, Result> results) {
        this.results = results;
    }

    /** What the cells of a row have in common. */
    private record Outcome(String end, String billed, String retryable, String calls, String once) {}

    private static final class Row {
        final List<String> troubles = new ArrayList<>();
        final TreeSet<BigDecimal> charged = new TreeSet<>();
    }

    @Override
    public String toString() {
        StringBuilder table = new StringBuilder("[width=\"100%\",cols=\"2,6,3,2,2,3,2,2\",options=\"header\"]\n|===\n"
                + "| Call | What happens to it | The route gets | billed | retryable | Calls | Charged | Just once\n");
        for (Call call : ORDER) {
            rows(call).forEach((outcome, row) -> table.append("| ")
                    .append(String.join(
                            " | ",
                            "`" + name(call) + "`",
                            String.join(", ", row.troubles),
                            outcome.end,
                            outcome.billed,
                            outcome.retryable,
                            outcome.calls,
                            row.charged.stream().map(BigDecimal::toPlainString).collect(Collectors.joining(" or ")),
                            outcome.once))
                    .append('\n'));
        }
        return table.append("|===\n").toString();
    }

    private Map<Outcome, Row> rows(Call call) {
        Map<Outcome, Row> rows = new LinkedHashMap<>();
        for (Trouble trouble : Trouble.ALL) {
            Result always = results.get(new Cell(call, trouble, Mode.ALWAYS));
            Result once = results.get(new Cell(call, trouble, Mode.ONCE));
            Row row = rows.computeIfAbsent(outcome(always, once), outcome -> new Row());
            row.troubles.add(trouble.label());
            row.charged.add(always.first().charged());
        }
        return rows;
    }

    private static Outcome outcome(Result always, Result once) {
        State state = always.first();
        if (state.isSuccess()) {
            String end = always.usable() ? RESULT : "a part, unnoticed";
            return new Outcome(end, "–", "–", calls(always), end);
        }
        DewatermarkException error = (DewatermarkException) state.error();
        return new Outcome(
                "`" + error.getClass().getSimpleName().replaceAll("Dewatermark|Exception", "") + "`",
                "`" + error.billed() + "`",
                error.retryable() ? "yes" : "no",
                calls(always),
                once.first().isSuccess() ? RESULT : "the same");
    }

    /** Those that depend on an option are as many as the option allows. */
    private static String calls(Result result) {
        State state = result.first();
        if (result.cell().call() == Call.STATUS && state.isSuccess()) {
            return "as usual";
        }
        if (state.error() instanceof DewatermarkTaskException e
                && e.getMessage().contains("taskTimeout")) {
            return "until `taskTimeout`";
        }
        if (result.cell().trouble().isThrottling() && !state.isSuccess()) {
            return "until `maxThrottleWait`";
        }
        return Long.toString(state.calls());
    }

    private static String name(Call call) {
        return switch (call) {
            case CREDIT -> "credit";
            case ERASE -> "erase";
            case CREATE_UPLOAD -> "create upload";
            case UPLOAD -> "upload";
            case SUBMIT -> "submit";
            case STATUS -> "status";
            case DOWNLOAD -> "download";
        };
    }
}
