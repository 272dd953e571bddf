package com.example.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.DisabledForJreRange;
import org.junit.jupiter.api.io.TempDir;

/** The jar of the component as a bundle of its own, next to one that has Camel and one that has a route. */
@DisabledForJreRange(minVersion = 24, disabledReason = "Apache Karaf 4.4.10 itself does not start there")
@Timeout(360)
class ComponentBundleIT {

    @TempDir
    private Path temp;

    @Test
    void theJarFindsCamelInOneBundleAndIsFoundByARouteInAnother() throws Exception {
        Folder folder = new Folder(temp.resolve("pictures"));
        Path camel = TestBundle.ofJars(
                temp.resolve("camel.jar"), classPath("(camel-(?!dewatermark)|http|jackson-|jakarta\\.).*"));
        try (Sandbox sandbox = Sandbox.start();
                Karaf karaf = Karaf.start(temp.resolve("karaf"), Map.of())) {
            Path route = TestBundle.ofActivator(
                    temp.resolve("route.jar"),
                    RouteActivator.class,
                    Map.of(
                            "Import-Package",
                            "io.github.cameldewatermark,org.osgi.framework",
                            RouteActivator.FROM,
                            "file:" + folder + "/inbox?move=.done/${file:name}&moveFailed=../failed/${file:name}",
                            RouteActivator.CLEAN,
                            "dewatermark:erase?apiKey=" + sandbox.apiKey() + "&baseUrl=" + sandbox.baseUrl(),
                            RouteActivator.TO,
                            "file:" + folder + "/outbox"));
            folder.drop("images/coffee.jpg");
            karaf.deploy("camel.jar", camel);
            karaf.deploy(
                    "component.jar",
                    classPath("camel-dewatermark-[^-]+(-SNAPSHOT)?\\.jar").get(0));
            karaf.deploy("route.jar", route);

            karaf.await(() -> folder.files("inbox/.done").contains("coffee.jpg"));
            assertThat(folder.files("outbox")).containsExactly("coffee.jpg");
            assertThat(Files.size(folder.path().resolve("outbox/coffee.jpg"))).isPositive();
            assertThat(sandbox.ledger()).hasSize(1);
            assertThat(karaf.log()).noneMatch(line -> line.contains("| ERROR |"));
        }
    }

    private static List<Path> classPath(String name) {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(Path::of)
                .filter(entry -> entry.getFileName().toString().matches(name))
                .toList();
    }
}
