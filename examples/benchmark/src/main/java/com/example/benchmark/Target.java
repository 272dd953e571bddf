package com.example.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.function.ToDoubleFunction;

/**
 * What a figure should be.
 *
 * @param name    of the figure
 * @param cell    in which it is so
 * @param atLeast whether it is a lower bound
 */
record Target(String name, Record cell, boolean atLeast, double bound, double value) {

    private static final int SMALL = 300_000;
    private static final int LARGE = 12_000_000;

    /** Those for which there are figures. */
    static List<Target> of(List<Result> results) {
        Collector targets = new Collector(results);
        Predicate<Cell> single = cell -> cell.concurrency() == 1;
        Predicate<Cell> eight = cell -> cell.concurrency() == 8;
        targets.ratio(
                "component to memory ÷ plain Camel route, pictures/s",
                ContenderKind.COMPONENT_MEMORY,
                ContenderKind.PLAIN_ROUTE,
                Result::picturesPerSecond,
                cell -> single.test(cell) ? 1.6 : eight.test(cell) && cell.size() != 3_000_000 ? 2.2 : Double.NaN,
                true);
        for (ContenderKind component : List.of(ContenderKind.COMPONENT_MEMORY, ContenderKind.COMPONENT_FILE)) {
            targets.ratio(
                    component.title() + " ÷ floor, CPU per picture",
                    component,
                    ContenderKind.FLOOR,
                    Result::cpuMillisPerPicture,
                    cell -> cell.size() == LARGE ? 1.8 : cell.size() == SMALL ? 2.4 : Double.NaN,
                    false);
        }
        targets.ratio(
                "component file to file ÷ vendor's Python sample, pictures/s",
                ContenderKind.COMPONENT_FILE,
                ContenderKind.PYTHON,
                Result::picturesPerSecond,
                cell -> single.test(cell) ? 2 : eight.test(cell) ? 4 : Double.NaN,
                true);
        targets.value(
                "component file to file, MB allocated per picture", Result::allocatedMegabytesPerPicture, cell -> 0.4);
        targets.value(
                "component file to file, smallest heap in MB",
                result -> result.heap() == null ? Double.NaN : result.heap(),
                cell -> eight.test(cell) && cell.size() == LARGE ? 40 : Double.NaN);
        return targets.found;
    }

    @Override
    public String toString() {
        boolean met = atLeast ? value >= bound : value <= bound;
        return String.format(
                Locale.ROOT,
                "%s (%s): target %s %s: %.2f %s",
                name,
                cell,
                atLeast ? "≥" : "≤",
                bound == Math.rint(bound) ? String.valueOf((long) bound) : String.valueOf(bound),
                value,
                met ? "ok" : "MISSED");
    }

    private static final class Collector {
        private final List<Result> results;
        private final List<Target> found = new ArrayList<>();

        Collector(List<Result> results) {
            this.results = results;
        }

        void ratio(
                String name,
                ContenderKind over,
                ContenderKind under,
                ToDoubleFunction<Result> figure,
                ToDoubleFunction<Cell> bound,
                boolean atLeast) {
            for (Result numerator : results) {
                for (Result denominator : results) {
                    if (numerator.contender() == over
                            && denominator.contender() == under
                            && numerator.cell().equals(denominator.cell())) {
                        double ratio = figure.applyAsDouble(numerator) / figure.applyAsDouble(denominator);
                        add(name, numerator.cell(), atLeast, bound, ratio);
                    }
                }
            }
        }

        void value(String name, ToDoubleFunction<Result> figure, ToDoubleFunction<Cell> bound) {
            for (Result result : results) {
                if (result.contender() == ContenderKind.COMPONENT_FILE) {
                    add(name, result.cell(), false, bound, figure.applyAsDouble(result));
                }
            }
        }

        private void add(String name, Cell cell, boolean atLeast, ToDoubleFunction<Cell> bound, double value) {
            double limit = bound.applyAsDouble(cell);
            if (!Double.isNaN(limit) && !Double.isNaN(value)) {
                found.add(new Target(name, cell, atLeast, limit, value));
            }
        }
    }
}
