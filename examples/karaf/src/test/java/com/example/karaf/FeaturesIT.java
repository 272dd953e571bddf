package com.example.karaf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The feature for camel-karaf, as far as it can be held against what camel-karaf says of itself. */
class FeaturesIT {

    private static final Path FEATURES = Path.of(System.getProperty("features"));

    @Test
    void camelKarafHasAFeatureOfEachNameThatOursAsksFor() throws Exception {
        List<String> theirs = elements(FEATURES.resolve("camel-karaf.xml"), "feature").stream()
                .map(feature -> feature.getAttribute("name"))
                .toList();

        assertThat(asked()).isNotEmpty().allSatisfy(feature -> assertThat(theirs)
                .contains(feature.getTextContent()));
    }

    @Test
    void theFeatureAsksForTheCamelThatTheJarImports() throws Exception {
        List<String> ranges =
                asked().stream().map(feature -> feature.getAttribute("version")).toList();

        assertThat(ranges).containsOnly(importedVersionsOfCamel());
        VersionRange range = VersionRange.valueOf(ranges.get(0));
        assertThat(range.includes(Version.valueOf(System.getProperty("camel.version"))))
                .isTrue();
        // the interface of generated classes is another one there
        assertThat(range.includes(Version.valueOf("4.14.5"))).isFalse();
    }

    @Test
    void theFeatureNamesTheJar() throws Exception {
        String version = componentJar().getName().replaceAll("camel-dewatermark-(.*)\\.jar", "$1");

        assertThat(elements(FEATURES.resolve("ours.xml"), "bundle"))
                .singleElement()
                .extracting(Element::getTextContent)
                .isEqualTo("mvn:io.github.cameldewatermark/camel-dewatermark/" + version);
    }

    /** The features that ours needs. */
    private static List<Element> asked() throws Exception {
        return elements(FEATURES.resolve("ours.xml"), "feature").stream()
                .filter(feature -> feature.getParentNode().getNodeName().equals("feature"))
                .toList();
    }

    private static String importedVersionsOfCamel() throws Exception {
        try (JarFile jar = new JarFile(componentJar())) {
            String imports = jar.getManifest().getMainAttributes().getValue("Import-Package");
            return Pattern.compile("org\\.apache\\.camel;version=\"([^\"]+)\"")
                    .matcher(imports)
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
        }
    }

    private static File componentJar() {
        return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .map(File::new)
                .filter(entry -> entry.getName().matches("camel-dewatermark-[^-]+(-SNAPSHOT)?\\.jar"))
                .findFirst()
                .orElseThrow();
    }

    private static List<Element> elements(Path file, String name) throws Exception {
        NodeList elements = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(file.toFile())
                .getElementsByTagName(name);
        return IntStream.range(0, elements.getLength())
                .mapToObj(i -> (Element) elements.item(i))
                .toList();
    }
}
