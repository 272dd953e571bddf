package com.example;

import static com.example.RouteRun.inTheEnd;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Route files and their properties run by what {@code camel run} of the Camel CLI runs them with, but without downloads: all
 * that routes need is on the class path.
 */
@Timeout(180)
class CamelCliIT {

    private static final Path ROUTES = Path.of(System.getProperty("routes", "../../routes"));

    @TempDir
    private Path folder;

    private Sandbox sandbox;
    private RouteProcess camel;

    @BeforeEach
    void startThePlatform() throws Exception {
        sandbox = RouteRun.sandbox(builder -> {});
    }

    @AfterEach
    void stop() {
        if (camel != null) {
            camel.close();
        }
        sandbox.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"watched-folder.camel.yaml", "WatchedFolder.java"})
    void theWatchedFolderCleansPictures(String file) throws Exception {
        Samples.drop(folder.resolve("inbox/photo.jpg"), Samples.jpeg());

        run("prod", file);

        inTheEnd().until(() -> Files.exists(folder.resolve("inbox/.done/photo.jpg")));
        assertThat(folder.resolve("outbox/photo.jpg")).isNotEmptyFile();
        camel.stop();
        // that of application.properties
        assertThat(camel.output()).contains("is shutting down (timeout:5m10s)");
    }

    @Test
    void severalRouteFilesRunTogether() throws Exception {
        Samples.drop(folder.resolve("clips/inbox/clip.mp4"), Samples.clip());
        Samples.drop(folder.resolve("pdfs/inbox/paper.pdf"), Samples.pdf(2));
        Samples.drop(folder.resolve("brushes/inbox/photo.mask.png"), Samples.mask());
        Samples.drop(folder.resolve("brushes/inbox/photo.jpg"), Samples.jpeg());

        run("prod", "errors.camel.yaml", "video-folder.camel.yaml", "pdf-folder.camel.yaml", "refine.camel.yaml");

        inTheEnd()
                .until(() -> Files.exists(folder.resolve("clips/inbox/.done/clip.mp4"))
                        && Files.exists(folder.resolve("pdfs/inbox/.done/paper.pdf"))
                        && Files.exists(folder.resolve("brushes/inbox/.done/photo.jpg")));
        assertThat(folder.resolve("clips/outbox/clip.mp4")).isNotEmptyFile();
        assertThat(folder.resolve("pdfs/outbox/paper.pdf")).isNotEmptyFile();
        assertThat(folder.resolve("brushes/outbox/photo.jpg")).isNotEmptyFile();
    }

    /** So the command that the route files give has another profile. */
    @Test
    void theProfileThatTheCliHasByItselfDoesNotWaitForFilesUnderWay() throws Exception {
        run("dev", "watched-folder.camel.yaml");
        inTheEnd().until(() -> camel.output().contains("Started clean"));

        camel.stop();

        assertThat(camel.output()).contains("is shutting down (timeout:10s)");
    }

    private void run(String profile, String... files) throws Exception {
        camel = new RouteProcess(folder, folder.resolve("camel.log"))
                .with(
                        "camel.main.routesIncludePattern",
                        Arrays.stream(files)
                                .map(file -> "file:" + ROUTES.resolve(file))
                                .collect(Collectors.joining(",")))
                .with("camel.component.properties.location", "file:" + ROUTES.resolve("application.properties"))
                .with("camel.main.profile", profile)
                .with("org.slf4j.simpleLogger.defaultLogLevel", "info")
                .with("camel.component.dewatermark.baseUrl", sandbox.baseUrl())
                .with("camel.component.dewatermark.pollInterval", 100)
                .with("folder", folder)
                .with("video.folder", folder.resolve("clips"))
                .with("pdf.folder", folder.resolve("pdfs"))
                .with("refine.folder", folder.resolve("brushes"))
                .startMain("org.apache.camel.main.KameletMain", sandbox.apiKey(), "-download", "false");
    }
}
