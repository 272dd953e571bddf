package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The archive, unpacked as an operator would do it. */
record Installation(Path home) {

    static Installation unpack(Path folder) throws IOException, InterruptedException {
        Files.createDirectories(folder);
        Process tar = new ProcessBuilder("tar", "-xzf", System.getProperty("archive"), "-C", folder.toString())
                .inheritIO()
                .start();
        if (!tar.waitFor(60, TimeUnit.SECONDS) || tar.exitValue() != 0) {
            tar.destroyForcibly();
            throw new IllegalStateException("The archive can't be unpacked");
        }
        return new Installation(folder.resolve("watched-folder"));
    }

    Path jar() {
        return home.resolve("watched-folder.jar");
    }
}
