package com.example.benchmark;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Measures all contenders in turn, cell by cell and round by round, and writes the reports. */
public final class Benchmark {

    /** Until the JIT compiler of a new process has done its work; it goes by calls, and a picture has few of each. */
    private static final int FIRST_WARM_UP = 12;

    /** For another size. */
    private static final int WARM_UP = 3;

    private final Settings settings;
    private final List<ContenderKind> contenders;

    private Benchmark(Settings settings) {
        this.settings = settings;
        this.contenders = new ArrayList<>(settings.contenders());
        if (contenders.contains(ContenderKind.PYTHON) && !Platform.hasPython()) {
            System.out.println("Without the vendor's sample: python3 with requests isn't there.");
            contenders.remove(ContenderKind.PYTHON);
        }
    }

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.of(args);
        Machine machine = Machine.now();
        Report report = new Report(machine, new Benchmark(settings).run());
        report.write(settings.output());
        System.out.println(report.markdown());
        System.out.println("This, JSON and charts are in " + settings.output());
    }

    static List<Result> run(Settings settings) throws Exception {
        return new Benchmark(settings).run();
    }

    private List<Result> run() throws Exception {
        Map<ContenderKind, Child> children = new EnumMap<>(ContenderKind.class);
        Path work = settings.output().resolve("work");
        try (Platform platform = new Platform(settings.sizes(), work)) {
            for (ContenderKind contender : contenders) {
                children.put(contender, platform.start(contender, settings.jvmArgs()));
            }
            List<Result> results = new ArrayList<>();
            int warmUp = FIRST_WARM_UP;
            for (Cell cell : cells()) {
                System.out.println(cell + " ...");
                results.addAll(run(platform, children, cell, warmUp));
                warmUp = WARM_UP;
            }
            return results;
        } finally {
            children.values().forEach(Child::close);
        }
    }

    private List<Cell> cells() {
        List<Cell> cells = new ArrayList<>();
        for (int size : settings.sizes()) {
            for (int concurrency : settings.concurrency()) {
                cells.add(new Cell(size, concurrency));
            }
        }
        return cells;
    }

    private List<Result> run(Platform platform, Map<ContenderKind, Child> children, Cell cell, int warmUp)
            throws Exception {
        Map<ContenderKind, Integer> counts = new EnumMap<>(ContenderKind.class);
        for (ContenderKind contender : contenders) {
            counts.put(contender, warmUp(platform, contender, children.get(contender), cell, warmUp));
        }
        Map<ContenderKind, List<Measurement>> rounds = new LinkedHashMap<>();
        contenders.forEach(contender -> rounds.put(contender, new ArrayList<>()));
        List<ContenderKind> order = new ArrayList<>(contenders);
        for (int round = 0; round < settings.rounds(); round++) {
            for (ContenderKind contender : order) {
                rounds.get(contender)
                        .add(platform.measure(contender, children.get(contender), cell, counts.get(contender)));
            }
            // nobody always comes after the same one
            Collections.rotate(order, 1);
        }
        HeapSearch heap = new HeapSearch(platform);
        List<Result> results = new ArrayList<>();
        for (ContenderKind contender : contenders) {
            Integer smallest = settings.heap() ? heap.smallest(contender, cell) : null;
            results.add(Result.of(contender, cell, rounds.get(contender), smallest));
        }
        return results;
    }

    /** @return how many pictures a round takes */
    private int warmUp(Platform platform, ContenderKind contender, Child child, Cell cell, int rounds)
            throws Exception {
        int count = 2 * cell.concurrency();
        for (int i = 0; i < rounds; i++) {
            double rate = platform.measure(contender, child, cell, count).picturesPerSecond();
            count = Math.max(2 * cell.concurrency(), (int) (rate * settings.seconds()));
        }
        return count;
    }
}
