package com.example.benchmark;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process that is spoken with by lines. */
final class Child implements AutoCloseable {

    private static final Duration GRACE = Duration.ofSeconds(10);

    private final Process process;
    private final BufferedWriter in;
    private final BufferedReader out;

    private Child(ProcessBuilder builder) throws IOException {
        process = builder.start();
        in = process.outputWriter();
        out = process.inputReader();
    }

    /** A JVM with the class path of this one. */
    static Child java(List<String> jvmArgs, Class<?> program, List<String> arguments) throws IOException {
        return new Child(javaProcess(jvmArgs, program, arguments).redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    /** The same without a word of its troubles. */
    static Child quietJava(List<String> jvmArgs, Class<?> program, List<String> arguments) throws IOException {
        return new Child(javaProcess(jvmArgs, program, arguments).redirectError(ProcessBuilder.Redirect.DISCARD));
    }

    static Child command(List<String> command) throws IOException {
        return new Child(new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT));
    }

    void send(String line) throws IOException {
        in.write(line);
        in.newLine();
        in.flush();
    }

    /**
     * Waits for a line that begins so.
     *
     * @return       what follows in it
     * @throws EOFException it has ended before
     */
    String await(String beginning) throws IOException {
        for (String line = out.readLine(); line != null; line = out.readLine()) {
            if (line.startsWith(beginning)) {
                return line.substring(beginning.length());
            }
        }
        throw new EOFException("A process has ended before its time");
    }

    void killAfter(Duration time) {
        CompletableFuture.delayedExecutor(time.toSeconds(), TimeUnit.SECONDS).execute(process::destroyForcibly);
    }

    /** It ends by itself when there is nothing more to read, and else is ended. */
    @Override
    public void close() {
        try (in) {
            in.flush();
        } catch (IOException e) {
            // it has ended before
        }
        killAfter(GRACE);
        process.onExit().join();
    }

    private static ProcessBuilder javaProcess(List<String> jvmArgs, Class<?> program, List<String> arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(jvmArgs);
        command.addAll(List.of("-classpath", System.getProperty("java.class.path"), program.getName()));
        command.addAll(arguments);
        return new ProcessBuilder(command);
    }
}
