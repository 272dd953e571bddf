package io.github.cameldewatermark.testkit;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * The classes of Camel, of the component and of what they need, as a JVM has them in memory (class data sharing): without loading,
 * checking and compiling them anew, the start of a JVM takes nearly half of the processor time. An archive has classes of jars only,
 * and is of use where the class path begins with these, and none of them was written anew, as ours is by each build.
 */
final class ClassArchive {

    /** In which folder it is kept, also for a next build with the same jars. Not set where few JVMs are started. */
    private static final String FOLDER = System.getProperty("class.archive.folder");

    /** What the programs of the tests have in common. Nobody answers the request. */
    private static final String ROUTE = """
            - onException:
                exception: [java.lang.Exception]
                handled:
                  simple: "${exception.message} != null"
                steps:
                  - log: "${exception.message}"
            - route:
                from:
                  uri: file:{{folder}}
                  parameters: {noop: true, initialDelay: 0}
                  steps:
                    - convertBodyTo: {type: "byte[]"}
                    - to:
                        uri: dewatermark:erase
                        parameters: {baseUrl: "http://127.0.0.1:1", apiKey: none, journalDirectory: "{{folder}}/journal"}
                    - unmarshal: {json: {}}
                    - to: file:{{folder}}/out
            """;

    private ClassArchive() {}

    /** The same class path, its jars first. */
    static String jarsFirst(String classPath) {
        return Arrays.stream(classPath.split(File.pathSeparator))
                .sorted((one, other) -> Boolean.compare(isJar(other), isJar(one)))
                .collect(Collectors.joining(File.pathSeparator));
    }

    /** What a JVM with such a class path is started with. The first one waits until the archive is made, others go without meanwhile. */
    static List<String> options(String jarsFirst) throws IOException {
        if (FOLDER == null) {
            return List.of();
        }
        String jars = Arrays.stream(jarsFirst.split(File.pathSeparator))
                .filter(ClassArchive::isJar)
                .collect(Collectors.joining(File.pathSeparator));
        int id = (System.getProperty("java.vm.version") + jars + lastChange(jars)).hashCode();
        Path archive = Path.of(FOLDER, "classes-%08x.jsa".formatted(id));
        if (!Files.exists(archive)) {
            makeUnlessAnotherDoes(archive, jars);
        }
        return Files.exists(archive) ? List.of("-XX:SharedArchiveFile=" + archive) : List.of();
    }

    private static long lastChange(String jars) {
        return Arrays.stream(jars.split(File.pathSeparator))
                .mapToLong(jar -> new File(jar).lastModified())
                .max()
                .orElse(0);
    }

    private static synchronized void makeUnlessAnotherDoes(Path archive, String jars) throws IOException {
        try (FileChannel channel = FileChannel.open(
                        Path.of(archive + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            if (lock != null && !Files.exists(archive)) {
                Path made = Path.of(archive + ".new");
                if (make(made, jars)) {
                    deleteOlderOnes(archive.getParent().toFile());
                    Files.move(made, archive, StandardCopyOption.ATOMIC_MOVE);
                }
            }
        }
    }

    /** There is one more with each build that isn't clean. Where one is in use, it may stay. */
    private static void deleteOlderOnes(File folder) {
        File[] archives = folder.listFiles((in, name) -> name.matches("classes-\\w+\\.jsa"));
        for (File archive : archives == null ? new File[0] : archives) {
            archive.delete();
        }
    }

    private static boolean make(Path archive, String jars) throws IOException {
        Path folder = Files.createTempDirectory("class-archive");
        Files.writeString(folder.resolve("route.camel.yaml"), ROUTE);
        Process process = new ProcessBuilder(
                        JavaProcess.JAVA,
                        "-XX:TieredStopAtLevel=1",
                        "-XX:+UseSerialGC",
                        "-XX:ArchiveClassesAtExit=" + archive,
                        "-Dfolder=" + folder,
                        "-Dcamel.main.routesIncludePattern=file:" + folder.resolve("route.camel.yaml"),
                        "-Dcamel.main.durationMaxMessages=1",
                        "-Dcamel.main.durationMaxSeconds=30",
                        "-classpath",
                        jars,
                        "org.apache.camel.main.Main")
                .redirectErrorStream(true)
                .redirectOutput(Redirect.DISCARD)
                .start();
        try {
            return process.waitFor(60, TimeUnit.SECONDS) && process.exitValue() == 0 && Files.exists(archive);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } finally {
            process.destroyForcibly();
        }
    }

    private static boolean isJar(String entry) {
        return entry.endsWith(".jar");
    }
}
