package com.example;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Cleans some clips with a broker, a submit node and two wait nodes, kills a wait node in the middle, and says how it
 * went. It needs neither key nor network: the platform is the sandbox, in this process.
 */
public final class Demo {

    private static final int CLIPS = 8;

    private final Path folder;
    private final Sandbox sandbox;
    private final CountDownLatch clean = new CountDownLatch(CLIPS);

    private Demo(Path folder, Sandbox sandbox) {
        this.folder = folder;
        this.sandbox = sandbox;
    }

    public static void main(String[] args) throws Exception {
        Path folder = Path.of("target/demo").toAbsolutePath();
        clear(folder);
        boolean well;
        try (Sandbox sandbox =
                Sandbox.builder().taskDuration(Duration.ofSeconds(15)).start()) {
            well = new Demo(folder, sandbox).run();
        }
        System.exit(well ? 0 : 1);
    }

    private boolean run() throws Exception {
        try (Cluster cluster = new Cluster(folder, sandbox, this::log).with("look.every", "2000")) {
            // Ctrl-C
            Runtime.getRuntime().addShutdownHook(new Thread(cluster::close));
            cleanClips(cluster);
        }
        return report();
    }

    private void cleanClips(Cluster cluster) throws Exception {
        System.out.println("Starting a broker, a submit node and two wait nodes");
        cluster.startBroker(0);
        cluster.startSubmitNode();
        ChildProcess one = cluster.startWaitNode("wait-1");
        cluster.startWaitNode("wait-2");
        for (int i = 1; i <= CLIPS; i++) {
            Clips.drop(folder.resolve("inbox").resolve(name(i)), Clips.clip(i));
        }
        one.awaitLine("is not done yet");
        one.kill();
        System.out.println("Killed wait-1");
        clean.await(3, TimeUnit.MINUTES);
    }

    private void log(String line) {
        System.out.println(line);
        if (line.endsWith(" is clean")) {
            clean.countDown();
        }
    }

    private boolean report() throws IOException {
        Path outbox = folder.resolve("outbox");
        long delivered = 0;
        for (int i = 1; i <= CLIPS; i++) {
            delivered += Files.exists(outbox.resolve(name(i))) ? 1 : 0;
        }
        int charged = sandbox.ledger().size();
        System.out.printf("%d of %d clips are in %s, %d were charged%n", delivered, CLIPS, outbox, charged);
        return delivered == CLIPS && charged == CLIPS;
    }

    private static String name(int clip) {
        return "clip-" + clip + ".mp4";
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
