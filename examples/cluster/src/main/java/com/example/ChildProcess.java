package com.example;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Another JVM with the class path of this one. */
final class ChildProcess implements AutoCloseable {

    private final Process process;
    private final List<String> output = new ArrayList<>();
    private boolean ended;

    private ChildProcess(Process process, Consumer<String> log) {
        this.process = process;
        Thread reader = new Thread(() -> read(log), "output of process " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /** @param log gets each line of its output */
    static ChildProcess start(
            Consumer<String> log, Class<?> program, Map<String, String> properties, String... arguments)
            throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC")); // starts in half the time
        properties.forEach((name, value) -> command.add("-D" + name + "=" + value));
        command.add("-classpath");
        command.add(System.getProperty("java.class.path"));
        command.add(program.getName());
        command.addAll(List.of(arguments));
        return new ChildProcess(
                new ProcessBuilder(command).redirectErrorStream(true).start(), log);
    }

    /** Waits for a line of its output that contains a text, and returns it. */
    synchronized String awaitLine(String text) throws InterruptedException {
        while (true) {
            for (String line : output) {
                if (line.contains(text)) {
                    return line;
                }
            }
            if (ended) {
                throw new IllegalStateException("It ended, after: " + output);
            }
            wait();
        }
    }

    synchronized List<String> output() {
        return List.copyOf(output);
    }

    /** Kills it, like {@code kill -9}: it gets no chance to put anything in order. */
    void kill() {
        process.destroyForcibly().onExit().join();
    }

    @Override
    public void close() {
        kill();
    }

    private void read(Consumer<String> log) {
        try (BufferedReader reader = process.inputReader()) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                log.accept(line);
                add(line, false);
            }
            add("(its output ended)", true);
        } catch (IOException | UncheckedIOException e) {
            add("(its output ended: " + e + ")", true);
        }
    }

    private synchronized void add(String line, boolean last) {
        output.add(line);
        ended = last;
        notifyAll();
    }
}
