package com.example;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Installs the service into a folder, starts it with the sandbox for a platform, and has it clean two pictures and a clip.
 * Its only argument is the folder.
 */
final class TryIt {

    private TryIt() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]).toAbsolutePath();
        clear(folder);
        Installation installation = Installation.unpack(folder);
        Path data = folder.resolve("data");
        try (Sandbox sandbox = Sandbox.start();
                ServiceProcess service = new ServiceProcess(installation, folder)
                        .with(data, sandbox)
                        .log(System.out::println)) {
            Runtime.getRuntime().addShutdownHook(new Thread(service::close)); // Ctrl-C
            service.start();
            List<String> samples = List.of(Samples.PICTURE, Samples.OTHER_PICTURE, Samples.CLIP);
            for (String sample : samples) {
                Samples.drop(sample, data.resolve("inbox"));
            }
            for (String sample : samples) {
                service.awaitLine(sample + " is clean");
            }
            show(service, "/health");
            show(service, "/metrics");
            service.stop();
        }
        System.out.println("\nThe clean files are in " + data.resolve("outbox"));
    }

    private static void show(ServiceProcess service, String path) throws IOException, InterruptedException {
        System.out.println("\nGET " + path);
        service.get(path)
                .body()
                .lines()
                .filter(line -> path.equals("/health") || line.matches("(dewatermark|camel_exchanges_(succ|fail)).*"))
                .forEach(System.out::println);
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
