package com.example.karaf;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionTimeoutException;

/** An Apache Karaf in a process of its own, with its folders in a base folder of its own. */
final class Karaf implements AutoCloseable {

    private static final Path HOME = Path.of(System.getProperty("karaf.home"));

    private final Path base;
    private Process process;

    private Karaf(Path base) {
        this.base = base;
    }

    /** Starts one that has no port open, and waits until it takes bundles. */
    static Karaf start(Path base, Map<String, String> environment) throws IOException {
        Karaf karaf = new Karaf(base);
        copy(HOME.resolve("etc"), base.resolve("etc"));
        Path features = base.resolve("etc/org.apache.karaf.features.cfg");
        // the shell by SSH and JMX by RMI, on fixed ports
        Files.writeString(features, Files.readString(features).replaceAll("(?m)^ *(ssh|management)/.*\\R", ""));
        // how often it looks for new files, in ms
        for (String file : List.of("config.properties", "org.apache.felix.fileinstall-deploy.cfg")) {
            Path settings = base.resolve("etc").resolve(file);
            Files.writeString(
                    settings, Files.readString(settings).replaceAll("(?<key>fileinstall\\.poll *= )1000", "${key}200"));
        }
        Files.createDirectories(base.resolve("deploy"));
        Files.createDirectories(base.resolve("data/log"));
        karaf.launch(environment);
        return karaf;
    }

    /** What it does with a file in its deploy folder, a replaced one included. */
    void deploy(String name, Path bundle) throws IOException {
        put(Files.readAllBytes(bundle), base.resolve("deploy").resolve(name));
    }

    /** @return whether it was there */
    boolean undeploy(String name) throws IOException {
        return Files.deleteIfExists(base.resolve("deploy").resolve(name));
    }

    void configure(String pid, List<String> lines) throws IOException {
        put(String.join("\n", lines).getBytes(), base.resolve("etc").resolve(pid + ".cfg"));
    }

    void unconfigure(String pid) throws IOException {
        Files.deleteIfExists(base.resolve("etc").resolve(pid + ".cfg"));
    }

    long pid() {
        return process.pid();
    }

    Path temp() {
        return base.resolve("data/tmp");
    }

    /** Waits for something; if that doesn't come, its log is in the error. */
    void await(Callable<Boolean> condition) {
        try {
            Awaitility.await().atMost(Duration.ofSeconds(120)).until(condition);
        } catch (ConditionTimeoutException e) {
            List<String> log = log();
            throw new AssertionError(String.join("\n", log.subList(Math.max(0, log.size() - 80), log.size())), e);
        }
    }

    List<String> log() {
        Path log = base.resolve("data/log/karaf.log");
        try {
            return Files.exists(log) ? Files.readAllLines(log) : List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its names of live threads. */
    List<String> threads() throws IOException, InterruptedException {
        return jcmd("Thread.print")
                .filter(line -> line.startsWith("\""))
                .map(line -> line.substring(1, line.indexOf('"', 1)))
                .toList();
    }

    /** The names of classes that have instances, after a garbage collection. */
    List<String> classesInUse() throws IOException, InterruptedException {
        return jcmd("GC.class_histogram")
                .map(line -> line.trim().split("\\s+"))
                .filter(columns -> columns.length >= 4 && columns[0].endsWith(":"))
                .map(columns -> columns[3])
                .toList();
    }

    /** The files that it has open, where the system tells (Linux). */
    List<String> openFiles() throws IOException {
        Path descriptors = Path.of("/proc/" + pid() + "/fd");
        if (!Files.isDirectory(descriptors)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(descriptors)) {
            return all.map(Karaf::target).filter(file -> file.startsWith("/")).toList();
        }
    }

    /** Stops it as an operator does; kills it if that takes long. */
    @Override
    public void close() throws IOException, InterruptedException {
        process.destroy();
        if (!process.waitFor(40, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }

    private void launch(Map<String, String> environment) throws IOException {
        Path console = base.resolve("console.log");
        ProcessBuilder builder = new ProcessBuilder(HOME.resolve("bin/karaf").toString(), "daemon")
                .redirectErrorStream(true)
                .redirectOutput(console.toFile());
        builder.environment().putAll(environment);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("KARAF_BASE", base.toString());
        builder.environment().put("KARAF_DATA", base.resolve("data").toString());
        builder.environment().put("KARAF_ETC", base.resolve("etc").toString());
        builder.environment().put("KARAF_LOG", base.resolve("data/log").toString());
        // it goes by a file beside Karaf, which all of them share
        builder.environment().put("CHECK_ROOT_INSTANCE_RUNNING", "false");
        builder.environment().put("JAVA_MAX_MEM", "256m");
        builder.environment()
                .put("EXTRA_JAVA_OPTS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC"); // starts in half the time
        process = builder.start();
        // should the tests end without closing it
        Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly));
        try {
            Awaitility.await()
                    .atMost(Duration.ofSeconds(180))
                    .failFast("it ended", () -> !process.isAlive())
                    .until(() -> log().stream().anyMatch(line -> line.endsWith("| Done.")));
        } catch (RuntimeException | Error e) {
            process.destroyForcibly();
            throw new IllegalStateException(Files.readString(console) + String.join("\n", log()), e);
        }
    }

    private Stream<String> jcmd(String command) throws IOException, InterruptedException {
        Process jcmd = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                        Long.toString(pid()),
                        command)
                .redirectErrorStream(true)
                .start();
        try (Stream<String> lines = jcmd.inputReader().lines()) {
            List<String> output = lines.toList();
            if (jcmd.waitFor() != 0) {
                throw new IOException("jcmd: " + output);
            }
            return output.stream();
        }
    }

    private static String target(Path descriptor) {
        try {
            return Files.readSymbolicLink(descriptor).toString();
        } catch (IOException e) {
            return ""; // closed meanwhile
        }
    }

    /** Whole, so that Karaf never sees half of it. */
    private void put(byte[] content, Path file) throws IOException {
        Path elsewhere = Files.write(base.resolve(file.getFileName() + ".new"), content);
        Files.move(elsewhere, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    Files.copy(file, copy);
                }
            }
        }
    }
}
