package com.example;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** Chromium without a window, if it is installed. */
final class Browser {

    private final Path program;
    private final Path folder;

    /** @param folder for its profiles */
    Browser(Path folder) {
        this.folder = folder;
        this.program = find();
    }

    private static Path find() {
        return Stream.of(System.getenv("PATH").split(File.pathSeparator))
                .flatMap(path -> Stream.of("chromium", "google-chrome").map(name -> Path.of(path, name)))
                .filter(Files::isExecutable)
                .findFirst()
                .orElse(null);
    }

    static boolean isThere() {
        return find() != null;
    }

    /** Saves what is seen. Returns what the page has written to the console. */
    List<String> screenshot(String url, Path file, int width, int height, boolean dark) throws Exception {
        List<String> output = run(
                "--screenshot=" + file,
                "--window-size=" + width + "," + height,
                "--blink-settings=preferredColorScheme=" + (dark ? 0 : 1),
                url);
        return output.stream().filter(line -> line.contains("CONSOLE")).toList();
    }

    /** Returns the document after so many milliseconds, with what scripts have made of it. */
    String document(String url, int millis) throws Exception {
        return String.join("\n", run("--virtual-time-budget=" + millis, "--dump-dom", url));
    }

    private List<String> run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                program.toString(),
                "--headless",
                "--no-sandbox", // which root can't have; it only opens our own page
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--hide-scrollbars",
                "--enable-logging=stderr",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile")));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, "browser", ".txt");
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new IOException("the browser doesn't end: " + Files.readString(output));
        }
        return Files.readAllLines(output);
    }
}
