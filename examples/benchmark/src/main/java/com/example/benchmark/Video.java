package com.example.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Measures clips: the component against curl, in turn, and what it costs to wait for many. */
public final class Video {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int WARM_UP_ROUNDS = 3;

    private final VideoSettings settings;
    private final Path work;
    private final List<ClipContender.Kind> contenders = new ArrayList<>(List.of(ClipContender.Kind.values()));

    private Video(VideoSettings settings) throws Exception {
        this.settings = settings;
        this.work = Files.createDirectories(settings.output().resolve("work").toAbsolutePath());
        if (!ClipContender.hasCurl()) {
            System.out.println("Without curl, which isn't there.");
            contenders.remove(ClipContender.Kind.CURL);
        }
    }

    public static void main(String[] args) throws Exception {
        VideoSettings settings = VideoSettings.of(args);
        Machine machine = Machine.now();
        VideoReport report = new VideoReport(machine, run(settings));
        report.write(settings.output());
        System.out.println(report.markdown());
        System.out.println("This, JSON and charts are in " + settings.output());
    }

    static List<VideoResult> run(VideoSettings settings) throws Exception {
        Video benchmark = new Video(settings);
        List<VideoResult> results = new ArrayList<>(benchmark.clips());
        results.addAll(benchmark.polls());
        return results;
    }

    private Child server(String status) throws Exception {
        String verified = String.valueOf(settings.verified());
        return Child.java(List.of("-Xmx64m"), ClipServer.class, List.of(work.toString(), status, verified));
    }

    private static String baseUrl(Child server) throws Exception {
        return "http://127.0.0.1:" + server.await(Connection.LISTENING);
    }

    private List<VideoResult> clips() throws Exception {
        Map<ClipContender.Kind, ClipContender> processes = new EnumMap<>(ClipContender.Kind.class);
        List<VideoResult> results = new ArrayList<>();
        try (Child server = server("COMPLETED")) {
            String baseUrl = baseUrl(server);
            for (ClipContender.Kind contender : contenders) {
                processes.put(contender, contender.start(baseUrl, work, settings.jvmArgs()));
            }
            for (ClipCell cell : settings.cells()) {
                System.out.println(cell + " ...");
                Clips.write(work, cell.size());
                results.addAll(clips(cell, processes));
                Files.delete(Clips.file(work, cell.size()));
            }
        } finally {
            processes.values().forEach(ClipContender::close);
        }
        return results;
    }

    private List<VideoResult> clips(ClipCell cell, Map<ClipContender.Kind, ClipContender> processes) throws Exception {
        Path clip = Clips.file(work, cell.size());
        Map<ClipContender.Kind, Task> tasks = new EnumMap<>(ClipContender.Kind.class);
        Map<ClipContender.Kind, List<ClipRound>> rounds = new EnumMap<>(ClipContender.Kind.class);
        for (ClipContender.Kind contender : contenders) {
            tasks.put(contender, warmUp(processes.get(contender), clip, cell.concurrency()));
            rounds.put(contender, new ArrayList<>());
        }
        List<ClipContender.Kind> order = new ArrayList<>(contenders);
        for (int round = 0; round < settings.rounds(); round++) {
            for (ClipContender.Kind contender : order) {
                rounds.get(contender).add(processes.get(contender).measure(tasks.get(contender)));
            }
            Collections.rotate(order, 1);
        }
        return contenders.stream()
                .map(contender -> VideoResult.of(contender, cell, rounds.get(contender)))
                .toList();
    }

    /** @return what a round is: all are as busy to its end as at its beginning */
    private Task warmUp(ClipContender contender, Path clip, int concurrency) throws Exception {
        Task task = new Task(clip, concurrency, concurrency);
        for (int i = 0; i < WARM_UP_ROUNDS; i++) {
            double rate = contender.measure(task).clipsPerSecond();
            int times = (int) Math.max(1, Math.round(rate * settings.seconds() / concurrency));
            task = new Task(clip, concurrency, times * concurrency);
        }
        return task;
    }

    /** One after the other, as whoever polls doesn't stop for the others. */
    private List<VideoResult> polls() throws Exception {
        List<VideoResult> results = new ArrayList<>();
        try (Child server = server("PROCESSING")) {
            String baseUrl = baseUrl(server);
            for (PollContender contender : PollContender.values()) {
                System.out.println("polling, " + contender.title() + " ...");
                List<String> arguments = List.of(contender.name(), baseUrl, String.valueOf(settings.pollInterval()));
                try (Child child = Child.java(settings.jvmArgs(), PollWorker.class, arguments)) {
                    for (int tasks : settings.tasks()) {
                        PollCell cell = new PollCell(tasks, settings.pollInterval());
                        results.add(VideoResult.of(contender, cell, polls(child, tasks)));
                    }
                }
            }
        }
        results.sort(Comparator.comparing(result -> settings.tasks().indexOf(((PollCell) result.cell()).tasks())));
        return results;
    }

    private List<PollRound> polls(Child child, int tasks) throws IOException {
        List<PollRound> rounds = new ArrayList<>();
        for (int round = 0; round < settings.rounds(); round++) {
            child.send(String.valueOf(tasks));
            rounds.add(JSON.readValue(child.await(Worker.RESULT), PollRound.class));
        }
        return rounds;
    }
}
