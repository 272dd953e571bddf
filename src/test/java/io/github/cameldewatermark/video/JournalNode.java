package io.github.cameldewatermark.video;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;

/**
 * A program: works on the journal of a folder. Arguments: folder, node, and what to do: {@code claim} the clips that the
 * other node claims, too, or {@code write} until it is killed.
 */
final class JournalNode {

    static final int CLIPS = 500;
    static final int THREADS = 4;

    private JournalNode() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        String node = args[1];
        FileTaskJournal journal = new FileTaskJournal(folder);
        say("ready");
        switch (args[2]) {
            case "claim" -> {
                Awaitility.await().atMost(30, TimeUnit.SECONDS).until(() -> Files.exists(folder.resolve("go")));
                TaskJournalContract.atOnce(THREADS, thread -> claim(journal, node + "." + thread));
                say("done");
            }
            case "write" -> TaskJournalContract.atOnce(THREADS, thread -> write(journal, node + "." + thread));
            default -> throw new IllegalArgumentException(args[2]);
        }
    }

    private static Void claim(FileTaskJournal journal, String name) throws IOException {
        for (int i = 0; i < CLIPS; i++) {
            say("claimed clip-" + i + " "
                    + journal.record(task("clip-" + i, name)).taskId());
        }
        return null;
    }

    private static Void write(FileTaskJournal journal, String name) throws IOException {
        for (int i = 0; ; i++) {
            String key = "clip-" + name + "-" + i;
            say("recorded " + key + " "
                    + journal.record(task(key, "task-" + key)).taskId());
            // so that it is killed with the lock in hand, too
            TaskRecord passing = journal.record(task("passing", name));
            journal.remove(passing);
        }
    }

    private static TaskRecord task(String key, String taskId) {
        return new TaskRecord(key, taskId, "clip.mp4", Instant.now());
    }

    private static synchronized void say(String line) {
        System.out.println(line);
    }
}
