package io.github.cameldewatermark.client.throttle;

import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.error.Credits;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares what an account loses between two looks at its balance with what was counted here, as prices are options and may be
 * wrong. Others who use the account make it lose more, too, so nothing is said before it was so twice; and then only once.
 */
public final class PriceWatch {

    private static final Logger LOG = LoggerFactory.getLogger(PriceWatch.class);

    /** Less than a credit, or than this part of what was counted, may be rounding. */
    private static final BigDecimal CLEARLY = new BigDecimal("0.2");

    /** Prices of two looks that differ by less than this part are the same, in spite of calls under way. */
    private static final double SAME = 0.15;

    /** The balance when counting began; {@code null} before the first look, and after something that can't be counted. */
    private BigDecimal start;

    private BigDecimal counted = BigDecimal.ZERO;
    private final Map<String, Units> units = new TreeMap<>();
    private final Set<String> tasks = new HashSet<>();
    private Finding first;
    private boolean told;

    /** What was paid by one of the prices. */
    private record Units(int calls, BigDecimal amount) {

        Units plus(Units other) {
            return new Units(calls + other.calls, amount.add(other.amount));
        }
    }

    /** That more was lost than was counted. */
    private record Finding(Map<String, Units> units, BigDecimal counted, BigDecimal lost) {

        /** Returns the only price that was used, or {@code null}. */
        String option() {
            return units.size() == 1 ? units.keySet().iterator().next() : null;
        }

        BigDecimal price() {
            return lost.divide(units.get(option()).amount(), new MathContext(2));
        }

        boolean isLike(Finding other) {
            return option() != null
                    && option().equals(other.option())
                    && Math.abs(price().doubleValue() / other.price().doubleValue() - 1) < SAME;
        }

        Finding plus(Finding other) {
            Map<String, Units> sums = new TreeMap<>(units);
            other.units.forEach((option, more) -> sums.merge(option, more, Units::plus));
            return new Finding(sums, counted.add(other.counted), lost.add(other.lost));
        }

        @Override
        public String toString() {
            String paid = units.entrySet().stream()
                    .map(entry -> text(entry.getKey(), entry.getValue()))
                    .collect(Collectors.joining(", "));
            return paid + ", counted as " + Credits.text(counted) + "; the account has lost " + Credits.number(lost);
        }

        private static String text(String option, Units units) {
            return switch (option) {
                case Prices.PER_SECOND -> "clips: " + units.calls() + " of " + Credits.number(units.amount()) + " s";
                case Prices.PER_TEN_PAGES ->
                    "PDFs: " + units.calls() + " of " + Credits.number(units.amount()) + " times ten pages";
                default -> "pictures (" + option + "): " + units.calls();
            };
        }
    }

    /** A task is charged now and counted when its length is known. Until it ends, nothing is compared. */
    public synchronized void taskBegins(String taskId) {
        tasks.add(taskId);
    }

    /**
     * Counts a task, if it has begun here.
     *
     * @param price {@code null} if it isn't known
     */
    public synchronized void taskPaid(String taskId, Price price) {
        if (price == null) {
            taskEnds(taskId);
        } else if (tasks.remove(taskId)) {
            paid(price);
        }
    }

    /** A task has ended otherwise, or goes on elsewhere: nothing can be said about this time. */
    public synchronized void taskEnds(String taskId) {
        if (tasks.remove(taskId)) {
            uncounted();
        }
    }

    /** Something was or may have been paid that can't be counted, so nothing can be said about this time. */
    synchronized void uncounted() {
        start = null;
    }

    /** Counts what was paid. */
    synchronized void paid(Price price) {
        counted = counted.add(price.credits());
        units.merge(price.option(), new Units(1, price.amount()), Units::plus);
    }

    /**
     * Compares, with the balance that the platform has just told.
     *
     * @param underWay the price of what may be charged already and isn't counted yet
     */
    synchronized void answered(BigDecimal balance, BigDecimal underWay) {
        if (told) {
            return;
        }
        if (start == null || counted.signum() == 0) {
            begin(balance);
            return;
        }
        BigDecimal lost = start.subtract(balance);
        BigDecimal more = lost.subtract(counted).subtract(underWay);
        if (lost.compareTo(counted) < 0) { // credits were bought, or given back
            begin(balance);
        } else if (tasks.isEmpty() && more.compareTo(counted.multiply(CLEARLY).max(BigDecimal.ONE)) >= 0) {
            Finding finding = new Finding(new TreeMap<>(units), counted, lost);
            begin(balance);
            found(finding);
        }
    }

    private void begin(BigDecimal balance) {
        start = balance;
        counted = BigDecimal.ZERO;
        units.clear();
    }

    private void found(Finding finding) {
        if (first == null) {
            first = finding;
            return;
        }
        told = true;
        if (finding.isLike(first)) {
            LOG.warn(
                    "{}: is {} {}? It was so at two looks in a row, unless others use the account as much",
                    first.plus(finding),
                    finding.option(),
                    Credits.number(finding.plus(first).price()));
        } else {
            LOG.warn("{}: do others use the account, or are the prices wrong?", first.plus(finding));
        }
    }
}
