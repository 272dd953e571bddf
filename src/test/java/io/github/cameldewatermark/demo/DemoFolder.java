package io.github.cameldewatermark.demo;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import org.apache.camel.util.FileUtil;

/** The folder of the demo, laid out as the route wants it. */
record DemoFolder(Path root) {

    private static final List<String> SAMPLES = List.of(
            "/samples/images/chelsea.jpg",
            "/samples/images/coffee.jpg",
            "/samples/images/rocket.jpg",
            "/samples/video/rocket-pan.mp4");

    /** The folder with its parts, and without what an earlier run made of the samples; other files stay. */
    static DemoFolder create(Path root) throws IOException {
        DemoFolder folder = new DemoFolder(root);
        FileUtil.removeDir(folder.report().toFile());
        for (Path part : List.of(folder.done(), folder.outbox(), folder.failed(), folder.report())) {
            Files.createDirectories(part);
            for (String sample : SAMPLES) {
                Files.deleteIfExists(part.resolve(name(sample)));
                Files.deleteIfExists(part.resolve(name(sample) + ".txt"));
            }
        }
        return folder;
    }

    Path inbox() {
        return root.resolve("inbox");
    }

    Path done() {
        return inbox().resolve(".done");
    }

    Path outbox() {
        return root.resolve("outbox");
    }

    Path failed() {
        return root.resolve("failed");
    }

    private Path report() {
        return root.resolve("report");
    }

    /** Copies a file of the inbox to where the report finds it, under a name that no other one has. */
    Path copyForReport(Path file) throws IOException {
        Path place = Files.createTempDirectory(report(), "");
        return Files.copy(file, place.resolve(file.getFileName()));
    }

    /** Puts the samples there, and returns their names. */
    List<String> fillInbox() throws IOException {
        for (String sample : SAMPLES) {
            Path file = inbox().resolve(name(sample));
            try (InputStream in = DemoFolder.class.getResourceAsStream(sample)) {
                Files.copy(in, file, StandardCopyOption.REPLACE_EXISTING);
            }
            // they are whole: no need to wait until the read lock sees that
            Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
        }
        return SAMPLES.stream().map(DemoFolder::name).toList();
    }

    private static String name(String resource) {
        return resource.substring(resource.lastIndexOf('/') + 1);
    }
}
