package io.github.cameldewatermark.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What the jar tells an OSGi framework. */
class BundleManifestIT {

    private static final String ROOT = "io.github.cameldewatermark";

    /** The artifacts that whoever has the component has as well, as in its pom: all others are optional there. */
    private static final String NEEDED = "(camel-(api|http|http-base|http-common|management-api|support|util|util-json)"
            + "|httpclient5|httpcore5|jackson-core|jackson-databind|slf4j-api)-\\d.*\\.jar";

    private static final Map<String, Set<String>> HOMES = homes();

    private static Attributes manifest;

    @BeforeAll
    static void read() throws IOException {
        try (JarFile jar = new JarFile(System.getProperty("project.jar"))) {
            manifest = jar.getManifest().getMainAttributes();
        }
    }

    @Test
    void theJarIsABundle() {
        assertThat(manifest.getValue("Bundle-ManifestVersion")).isEqualTo("2");
        assertThat(manifest.getValue("Bundle-SymbolicName")).isEqualTo(ROOT + ".camel-dewatermark");
        assertThat(manifest.getValue("Bundle-Version")).startsWith("1.0.0");
        assertThat(manifest.getValue("Require-Capability")).contains("(&(osgi.ee=JavaSE)(version=17))");
    }

    @Test
    void whatUsersNameInCodeIsExportedAndNothingElse() {
        Map<String, String> exports = packages("Export-Package");

        assertThat(exports)
                .containsOnlyKeys(
                        ROOT,
                        ROOT + ".builder",
                        ROOT + ".client",
                        ROOT + ".client.http",
                        ROOT + ".error",
                        ROOT + ".file",
                        ROOT + ".journal",
                        ROOT + ".journal.folder",
                        ROOT + ".journal.jdbc");
        assertThat(exports.values())
                .allSatisfy(directives -> assertThat(directives).contains("version=\"1.0.0\""));
    }

    /** Else a framework would refuse the classes of users that name one of theirs. */
    @Test
    void exportsUseNothingThatIsKeptInside() {
        assertThat(packages("Export-Package").values()).allSatisfy(directives -> assertThat(directives)
                .doesNotContain(
                        ROOT + ".runtime", ROOT + ".operation", ROOT + ".image", ROOT + ".observe", ROOT + ".task"));
    }

    @Test
    void allOfCamelIsImportedFromTheReleaseThatThisIsMadeWithUpToTheNextMajorOne() {
        Map<String, String> imports = packages("Import-Package");
        imports.keySet().removeIf(name -> !name.startsWith("org.apache.camel"));

        assertThat(imports).containsKeys("org.apache.camel", "org.apache.camel.spi", "org.apache.camel.support");
        assertThat(imports.values())
                .allSatisfy(directives -> assertThat(directives).contains("version=\"[4.18,5)\""));
    }

    @Test
    void whateverElseHasAVersionIsImportedUpToTheNextMajorOne() {
        Map<String, String> imports = packages("Import-Package");

        assertThat(imports.get("org.slf4j")).isEqualTo("version=\"[1.7,3)\"");
        imports.forEach((name, directives) -> {
            if (name.startsWith("org.apache.hc.") || name.startsWith("com.fasterxml.jackson.")) {
                assertThat(directives).as(name).matches("version=\"\\[(5\\.\\d|2\\.\\d+),(6|3)\\)\"");
            }
        });
    }

    @Test
    void anImportIsNeededIfItsJarIsAndOptionalOtherwise() {
        packages("Import-Package").forEach((name, directives) -> {
            // an annotation that nothing reads at run time, and that not every build of Camel for OSGi has
            if (!name.equals("org.apache.camel.spi.annotations")) {
                assertThat(directives.contains("resolution:=optional"))
                        .as("%s is optional", name)
                        .isNotEqualTo(isNeeded(name));
            }
        });
    }

    @Test
    void nothingOfOursIsImported() {
        assertThat(packages("Import-Package").keySet()).noneMatch(name -> name.startsWith(ROOT));
    }

    /** Two builds of the same sources make the same jar. */
    @Test
    void nothingSaysWhenOrWhereOrByWhomItWasBuilt() {
        assertThat(manifest.keySet().stream().map(Object::toString))
                .doesNotContain("Bnd-LastModified", "Built-By", "Build-Jdk", "Tool", "Include-Resource");
        assertThat(manifest.values().stream().map(Object::toString))
                .noneMatch(value -> value.contains(Path.of("").toAbsolutePath().toString()));
    }

    private static boolean isNeeded(String packageName) {
        Set<String> homes = HOMES.getOrDefault(packageName, Set.of());
        if (homes.isEmpty()) {
            assertThat(jdkPackages())
                    .as("is neither a package of the class path nor of Java")
                    .contains(packageName);
            return true;
        }
        return homes.stream().anyMatch(jar -> jar.matches(NEEDED));
    }

    /** The names of the jars of the class path, by the packages that they have classes of. */
    private static Map<String, Set<String>> homes() {
        Map<String, Set<String>> homes = new HashMap<>();
        for (String path : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (path.endsWith(".jar")) {
                for (String name : packagesIn(path)) {
                    homes.computeIfAbsent(name, any -> new HashSet<>()).add(new File(path).getName());
                }
            }
        }
        return homes;
    }

    private static Set<String> packagesIn(String jar) {
        try (JarFile file = new JarFile(jar)) {
            return file.stream()
                    .map(JarEntry::getName)
                    .filter(name -> name.endsWith(".class") && name.contains("/"))
                    .map(name -> name.substring(0, name.lastIndexOf('/')).replace('/', '.'))
                    .collect(Collectors.toSet());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Stream<String> jdkPackages() {
        return ModuleLayer.boot().modules().stream().flatMap(module -> module.getPackages().stream());
    }

    /** The clauses of a header: packages and what is said of them. */
    private static Map<String, String> packages(String header) {
        Map<String, String> packages = new LinkedHashMap<>();
        // commas in quotes don't count
        for (String clause : manifest.getValue(header).split(",(?=(?:[^\"]*\"[^\"]*\")*[^\"]*$)")) {
            String[] parts = clause.split(";", 2);
            packages.put(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        return packages;
    }
}
