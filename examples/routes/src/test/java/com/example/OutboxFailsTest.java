package com.example;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The routes with an outbox, when it can't be written. */
@Timeout(240)
class OutboxFailsTest {

    private static final Map<String, String> FOLDER_OPTIONS = Map.of(
            "watched-folder.camel.yaml", "folder",
            "watched-folder.camel.xml", "folder",
            "WatchedFolder.java", "folder",
            "shared-folder", "folder",
            "video-folder", "video.folder",
            "refine", "refine.folder",
            "ftp-to-folder", "ftp.folder");

    @TempDir
    private Path folders;

    private final List<RouteRun> runs = new ArrayList<>();

    @AfterEach
    void stop() {
        runs.forEach(RouteRun::close);
    }

    @Test
    void whatIsPaidForIsKeptBesideTheReasonAndNotPaidAgain() throws Exception {
        // all at once, as some of them try for a while
        for (var route : FOLDER_OPTIONS.entrySet()) {
            Path folder = folders.resolve(route.getKey());
            Samples.drop(folder.resolve("inbox").resolve(name(route.getKey())), content(route.getKey()));
            Files.writeString(folder.resolve("outbox"), "no folder");
            runs.add(new RouteRun(route.getKey())
                    .with(route.getValue(), folder)
                    .with("errors.redeliveries", 2)
                    .start());
        }

        for (String route : FOLDER_OPTIONS.keySet()) {
            Path failed = folders.resolve(route).resolve("failed");
            await().atMost(120, SECONDS)
                    .untilAsserted(() -> assertThat(failed.resolve(name(route))).hasBinaryContent(content(route)));
            assertThat(failed.resolve(name(route) + ".txt")).content().contains("outbox");
            assertThat(failed.resolve("clean")).isDirectoryContaining("glob:**/" + name(route));
        }
        assertThat(runs).allSatisfy(run -> assertThat(run.sandbox().ledger()).hasSize(1));
    }

    private static String name(String route) {
        return route.equals("video-folder") ? "clip.mp4" : "photo.jpg";
    }

    private static byte[] content(String route) throws Exception {
        return route.equals("video-folder") ? Samples.clip() : Samples.jpeg();
    }
}
