package io.github.cameldewatermark.testkit;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A file system of its own, which is soon full. Only root can make one, and only on Linux: elsewhere the test is skipped. */
public final class SmallDisk implements AutoCloseable {

    private final Path path;

    private SmallDisk(Path path) {
        this.path = path;
    }

    /** In a new folder. */
    public static SmallDisk mount(Path folder, int megabytes) throws Exception {
        Files.createDirectories(folder);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + megabytes + "m", "none", folder.toString()),
                "file systems can't be mounted here");
        return new SmallDisk(folder);
    }

    public Path path() {
        return path;
    }

    /** Leaves this much room, by a file that takes the rest. */
    public void leave(long bytes) throws Exception {
        Path filler = path.resolve(".filler");
        Files.deleteIfExists(filler);
        long fill = path.toFile().getUsableSpace() - bytes;
        if (!run("fallocate", "-l", String.valueOf(fill), filler.toString())) {
            throw new IOException("the disk can't be filled");
        }
    }

    /** Takes nothing any more. */
    public void empty() throws IOException {
        Files.deleteIfExists(path.resolve(".filler"));
    }

    @Override
    public void close() throws Exception {
        if (!run("umount", "-l", path.toString())) {
            throw new IOException(path + " can't be unmounted");
        }
    }

    private static boolean run(String... command) throws InterruptedException {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
