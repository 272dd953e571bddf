package com.example;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.camel.main.Main;

/**
 * Runs route files as they are: {@code -Droute=watched-folder}, or several with commas between, from the folder that
 * {@code -Droutes} names. With {@code -Dsandbox} and without a key it brings the offline platform along.
 */
public final class RunRoutes {

    static final String API_KEY = "DEWATERMARK_API_KEY";

    private final Path folder;
    private final Main camel = new Main();

    private RunRoutes(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        String names = System.getProperty("route");
        if (names == null) {
            throw new IllegalArgumentException("Which one? -Droute=watched-folder, for example");
        }
        boolean key = System.getenv(API_KEY) != null;
        if (!key && System.getProperty("sandbox") == null) {
            throw new IllegalArgumentException("Set " + API_KEY + ", or try it offline with -Dsandbox");
        }
        Main camel = prepare(Path.of(System.getProperty("routes", "routes")), names.split(","));
        if (key) {
            camel.run();
        } else {
            try (Sandbox sandbox = Sandbox.start()) {
                System.out.println("Offline: the sandbox is on " + sandbox.baseUrl());
                use(sandbox, camel);
                camel.run();
            }
        }
    }

    /** Camel with these route files and their properties, not yet started. */
    static Main prepare(Path folder, String... names) throws IOException {
        return new RunRoutes(folder).load(names);
    }

    /** Sends all calls to the sandbox. */
    static void use(Sandbox sandbox, Main camel) {
        camel.addOverrideProperty("camel.component.dewatermark.apiKey", sandbox.apiKey());
        camel.addOverrideProperty("camel.component.dewatermark.baseUrl", sandbox.baseUrl());
    }

    private Main load(String... names) throws IOException {
        List<String> files = new ArrayList<>(List.of(location("errors.camel.yaml")));
        Set<String> properties = new LinkedHashSet<>(List.of(location("application.properties")));
        for (String name : names) {
            Path file = file(name.trim());
            files.add("file:" + file);
            String route = Files.readString(file);
            if (route.contains("aws2-s3:")) {
                properties.add(location("s3.properties"));
            }
            if (route.contains("platform-http:")) {
                camel.addInitialProperty("camel.server.enabled", "true");
            }
        }
        camel.setPropertyPlaceholderLocations(String.join(",", properties));
        camel.configure().withRoutesIncludePattern(String.join(",", files));
        return camel;
    }

    private Path file(String name) {
        for (String ending : List.of("", ".camel.yaml", ".camel.xml")) {
            Path file = folder.resolve(name + ending);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new IllegalArgumentException("There is no " + name + ".camel.yaml in " + folder);
    }

    private String location(String file) {
        return "file:" + folder.resolve(file);
    }
}
