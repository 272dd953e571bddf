package com.example;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.github.cameldewatermark.sandbox.Sandbox;
import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.awt.image.BufferedImage;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.apache.camel.builder.NotifyBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The route against the sandbox: no key, no network, no credits. */
class CleanRouteTest {

    @Test
    void aPictureFromTheInboxArrivesInTheOutbox(@TempDir Path folder) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().credits(10).start()) {
            clean(folder, sandbox, "photo.jpg");

            assertTrue(Files.size(folder.resolve("outbox/photo.jpg")) > 0);
            assertEquals(new BigDecimal(9), sandbox.balance());
        }
    }

    @Test
    void aPictureOfAnotherKindArrivesAsAJpeg(@TempDir Path folder) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().credits(10).start()) {
            clean(folder, sandbox, "photo.png");

            assertTrue(Files.size(folder.resolve("outbox/photo.png.jpg")) > 0);
        }
    }

    @Test
    void whatIsFreeToRepeatIsRepeated(@TempDir Path folder) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().credits(10).start()) {
            // longer than the component itself sits it out
            sandbox.faults().on(Call.ERASE).inject(Fault.status(503).retryAfter("3600"));
            clean(folder, sandbox, "photo.jpg");

            assertTrue(Files.exists(folder.resolve("outbox/photo.jpg")));
            assertEquals(new BigDecimal(9), sandbox.balance());
        }
    }

    @Test
    void whatMayHaveBeenPaidGoesToFailedAndIsNotPaidAgain(@TempDir Path folder) throws Exception {
        try (Sandbox sandbox = Sandbox.builder().credits(10).start()) {
            sandbox.faults().on(Call.ERASE).inject(Fault.resetAfter());
            clean(folder, sandbox, "photo.jpg");

            assertTrue(Files.exists(folder.resolve("failed/photo.jpg")));
            assertTrue(Files.readString(folder.resolve("failed/photo.jpg.txt")).endsWith("(billed: UNKNOWN)"));
            assertEquals(new BigDecimal(9), sandbox.balance());
        }
    }

    /** Runs the route until it is done with one picture. */
    private static void clean(Path folder, Sandbox sandbox, String name) throws Exception {
        Main camel = new Main(App.class);
        camel.addOverrideProperty("folder", folder.toString());
        camel.addOverrideProperty("redelivery.delay", "100");
        camel.addOverrideProperty("camel.component.dewatermark.apiKey", sandbox.apiKey());
        camel.addOverrideProperty("camel.component.dewatermark.baseUrl", sandbox.baseUrl());
        camel.addOverrideProperty("camel.component.dewatermark.maxThrottleWait", "100");
        camel.start();
        try {
            NotifyBuilder done = new NotifyBuilder(camel.getCamelContext())
                    .fromRoute("clean")
                    .whenDone(1)
                    .create();
            drop(folder.resolve("inbox").resolve(name));
            assertTrue(done.matches(30, TimeUnit.SECONDS));
        } finally {
            camel.stop();
        }
    }

    private static String format(Path file) {
        return file.toString().endsWith(".png") ? "png" : "jpeg";
    }

    private static void drop(Path file) throws Exception {
        Path elsewhere = file.getParent().resolveSibling(file.getFileName());
        ImageIO.write(new BufferedImage(320, 200, BufferedImage.TYPE_INT_RGB), format(file), elsewhere.toFile());
        // as if it had been there for a while: the read lock waits for files that may still be written
        Files.setLastModifiedTime(elsewhere, FileTime.from(Instant.now().minusSeconds(60)));
        Files.createDirectories(file.getParent());
        Files.move(elsewhere, file);
    }
}
