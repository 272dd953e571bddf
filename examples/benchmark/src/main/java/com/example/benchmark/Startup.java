package com.example.benchmark;

import com.example.benchmark.StartupApp.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** What the component adds to the start of an application: from the start of its JVM to the end of its first exchange. */
public final class Startup {

    private static final int SIZE = 300_000;
    private static final int WARM_UP_ROUNDS = 1;
    private static final double MOST_ADDED_MILLIS = 150;

    private final Map<Kind, List<Start>> starts = new EnumMap<>(Kind.class);

    private Startup() {
        for (Kind kind : Kind.values()) {
            starts.put(kind, new ArrayList<>());
        }
    }

    public static void main(String[] args) throws Exception {
        Settings settings = Settings.of(args);
        Machine machine = Machine.now();
        String report = machine + "\n\n" + run(settings).markdown();
        Files.writeString(settings.output().resolve("startup.md"), report);
        System.out.println(report);
    }

    static Startup run(Settings settings) throws Exception {
        Startup startup = new Startup();
        List<Kind> order = new ArrayList<>(List.of(Kind.values()));
        try (Platform platform = new Platform(List.of(SIZE), settings.output().resolve("work"))) {
            int warmUp = settings.rounds() > 1 ? WARM_UP_ROUNDS : 0; // one round only says that it works
            for (int round = 0; round < warmUp + settings.rounds(); round++) {
                for (Kind kind : order) {
                    Start start = start(kind, platform, settings.jvmArgs());
                    if (round >= warmUp) { // before, class files come from the disk
                        startup.starts.get(kind).add(start);
                    }
                }
                Collections.rotate(order, 1);
            }
        }
        return startup;
    }

    private static Start start(Kind kind, Platform platform, List<String> jvmArgs) throws IOException {
        Path picture = platform.photo(SIZE);
        long begin = System.nanoTime();
        try (Child app =
                Child.java(jvmArgs, StartupApp.class, List.of(kind.name(), platform.baseUrl(), picture.toString()))) {
            app.await(StartupApp.DONE);
            double millis = (System.nanoTime() - begin) / 1e6;
            String[] used = app.await(StartupApp.USED).split(" ");
            return new Start(millis, Integer.parseInt(used[0]), Integer.parseInt(used[1]));
        }
    }

    String markdown() {
        StringBuilder text = new StringBuilder(
                "| JVM start to the end of the first exchange | ms | CPU ms | classes loaded |\n|---|---:|---:|---:|\n");
        starts.forEach((kind, all) -> text.append(String.format(
                Locale.ROOT,
                "| %s | %.0f | %.0f | %.0f |%n",
                kind.title(),
                median(kind, Start::millis),
                median(kind, Start::cpuMillis),
                median(kind, Start::classes))));
        double added = median(Kind.COMPONENT, Start::millis) - median(Kind.HTTP, Start::millis);
        text.append(String.format(
                Locale.ROOT,
                "%n- component − camel-http: target ≤ %.0f ms: %.0f ms %s%n- component − Camel alone: %.0f ms%n",
                MOST_ADDED_MILLIS,
                added,
                added <= MOST_ADDED_MILLIS ? "ok" : "MISSED",
                median(Kind.COMPONENT, Start::millis) - median(Kind.NOTHING, Start::millis)));
        return text.toString();
    }

    private double median(Kind kind, ToDoubleFunction<Start> figure) {
        double[] values = starts.get(kind).stream().mapToDouble(figure).sorted().toArray();
        return Arrays.stream(values, (values.length - 1) / 2, values.length / 2 + 1)
                .average()
                .orElse(Double.NaN);
    }

    /** One of an application. */
    private record Start(double millis, int cpuMillis, int classes) {}
}
