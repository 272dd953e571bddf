package io.github.cameldewatermark.testkit;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;

/** Another JVM with the class path of the tests. */
public final class JavaProcess implements AutoCloseable {

    static final String JAVA =
            Path.of(System.getProperty("java.home"), "bin", "java").toString();

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new CopyOnWriteArrayList<>();

    private JavaProcess(Process process) {
        this.process = process;
        reader = new Thread(this::read, "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    public static JavaProcess start(Class<?> main, List<String> jvmOptions, String... args) throws IOException {
        String classPath = ClassArchive.jarsFirst(classPath());
        List<String> options = new ArrayList<>(ClassArchive.options(classPath));
        options.addAll(jvmOptions);
        return start(classPath, main, options, args);
    }

    /** The same without the jars whose names begin with a text. */
    public static JavaProcess startWithout(String jar, Class<?> main, String... args) throws IOException {
        String others = Arrays.stream(classPath().split(File.pathSeparator))
                .filter(entry -> !Path.of(entry).getFileName().toString().startsWith(jar))
                .collect(Collectors.joining(File.pathSeparator));
        return start(others, main, List.of(), args);
    }

    private static String classPath() {
        // what surefire and failsafe pass on as java.class.path may be a jar of theirs
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private static JavaProcess start(String classPath, Class<?> main, List<String> jvmOptions, String... args)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(JAVA);
        command.add("-XX:TieredStopAtLevel=1"); // half the processor time until a context has started
        if (jvmOptions.stream().noneMatch(option -> option.endsWith("GC"))) {
            command.add("-XX:+UseSerialGC"); // a quarter less of it
        }
        command.add(
                "-XX:MetaspaceSize=64m"); // else all of the heap is collected whenever so many more classes are loaded
        command.add("-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"));
        command.addAll(jvmOptions);
        command.add("-classpath");
        command.add(classPath);
        command.add(main.getName());
        command.addAll(List.of(args));
        return new JavaProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start());
    }

    /** Waits for a line of its output that begins with a text, and returns the rest of the line. */
    public String awaitLine(String beginning, long seconds) {
        return Awaitility.await("a line '" + beginning + "...'")
                .atMost(seconds, TimeUnit.SECONDS)
                .failFast("it ended", () -> {
                    if (!process.isAlive() && line(beginning) == null) {
                        throw new AssertionError("it ended, after: " + lines);
                    }
                })
                .until(() -> line(beginning), line -> line != null)
                .substring(beginning.length());
    }

    /** Waits for its end, and that of its output, and returns its exit code. */
    public int awaitEnd(long seconds) throws InterruptedException {
        if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
            throw new AssertionError("it did not end in " + seconds + " s, after: " + lines);
        }
        reader.join(TimeUnit.SECONDS.toMillis(seconds));
        return process.exitValue();
    }

    /** Kills it at a point in time from now, unless it ends before, which is an error. */
    public void killAfter(Duration time) throws InterruptedException {
        if (process.waitFor(time.toMillis(), TimeUnit.MILLISECONDS)) {
            throw new AssertionError("it ended by itself, after: " + lines);
        }
        process.destroyForcibly().waitFor();
    }

    /** Sends it a signal, such as {@code STOP}; not on Windows. */
    public void signal(String signal) throws IOException, InterruptedException {
        int exit = new ProcessBuilder("kill", "-" + signal, String.valueOf(process.pid()))
                .inheritIO()
                .start()
                .waitFor();
        if (exit != 0) {
            throw new IOException("kill -" + signal + " ended with " + exit);
        }
    }

    /** Tells it to stop, and waits until it has. */
    public void stop(long seconds) throws InterruptedException {
        process.destroy();
        awaitEnd(seconds);
    }

    public List<String> output() {
        return List.copyOf(lines);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Kills it. */
    @Override
    public void close() {
        process.destroyForcibly();
    }

    private String line(String beginning) {
        return lines.stream()
                .filter(line -> line.startsWith(beginning))
                .findFirst()
                .orElse(null);
    }

    private void read() {
        try (BufferedReader reader = process.inputReader()) {
            reader.lines().forEach(lines::add);
        } catch (IOException | UncheckedIOException e) {
            lines.add("(its output ended: " + e + ")");
        }
    }
}
