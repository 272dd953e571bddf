package com.example.benchmark;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Who cleans clips, in a process of its own. */
abstract class ClipContender implements AutoCloseable {

    /** Who is measured. */
    enum Kind {
        CURL("curl"),
        COMPONENT("component, file to file");

        private final String title;

        Kind(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }

        ClipContender start(String baseUrl, Path folder, List<String> jvmArgs) throws IOException {
            Path own = folder.resolve(name());
            WatchedFolder.empty(own.resolve("outbox"));
            return switch (this) {
                case CURL -> new Curl(baseUrl, own);
                case COMPONENT -> new Component(baseUrl, own, jvmArgs);
            };
        }
    }

    private final Child child;
    private final Path outbox;

    private ClipContender(Child child, Path folder) {
        this.child = child;
        this.outbox = folder.resolve("outbox");
    }

    /**
     * A round.
     *
     * @throws IllegalStateException it has other clips than the server gave it
     */
    final ClipRound measure(Task task) throws IOException {
        ClipRound round = run(child, task);
        try (Stream<Path> files = Files.list(outbox)) {
            List<Path> results = files.toList();
            for (Path result : results) {
                if (Files.mismatch(result, task.file()) >= 0) {
                    throw new IllegalStateException("Wrong bytes: " + result);
                }
            }
            if (results.size() != task.count()) {
                throw new IllegalStateException(results.size() + " results of " + task.count() + " in " + outbox);
            }
            WatchedFolder.delete(results);
        }
        return round;
    }

    abstract ClipRound run(Child process, Task task) throws IOException;

    @Override
    public void close() {
        child.close();
    }

    /** Whether curl is there. */
    static boolean hasCurl() {
        try {
            Process curl = new ProcessBuilder("sh", "-c", "curl --version")
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return curl.onExit().join().exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static final class Component extends ClipContender {
        private static final ObjectMapper JSON = new ObjectMapper();

        Component(String baseUrl, Path folder, List<String> jvmArgs) throws IOException {
            super(Child.java(jvmArgs, ClipWorker.class, List.of(baseUrl, folder.toString())), folder);
        }

        @Override
        ClipRound run(Child process, Task task) throws IOException {
            process.send(task.line());
            return JSON.readValue(process.await(Worker.RESULT), ClipRound.class);
        }
    }

    /** A shell script with five calls of curl for each clip. */
    private static final class Curl extends ClipContender {
        private long cpuNanos;

        Curl(String baseUrl, Path folder) throws IOException {
            super(
                    Child.command(List.of(
                            "sh",
                            script(folder).toString(),
                            baseUrl,
                            folder.resolve("outbox").toString())),
                    folder);
        }

        @Override
        ClipRound run(Child process, Task task) throws IOException {
            long start = System.nanoTime();
            process.send(task.line());
            String total = process.await(Worker.RESULT); // CPU since it began
            long nanos = System.nanoTime() - start;
            long before = cpuNanos;
            cpuNanos = Arrays.stream(total.split(" ")).mapToLong(Curl::nanos).sum();
            return new ClipRound(task.count(), nanos, cpuNanos - before, null, null);
        }

        /** @param time as a shell gives it: {@code 0m1.230s} */
        private static long nanos(String time) {
            int minutes = time.indexOf('m');
            double seconds = Double.parseDouble(time.substring(minutes + 1, time.length() - 1));
            return (long) (1e9 * (60 * Integer.parseInt(time.substring(0, minutes)) + seconds));
        }

        private static Path script(Path folder) throws IOException {
            Path script = folder.resolve("clip.sh");
            try (InputStream in = Curl.class.getResourceAsStream("/clip.sh")) {
                Files.copy(in, script, StandardCopyOption.REPLACE_EXISTING);
            }
            return script;
        }
    }
}
