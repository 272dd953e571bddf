package io.github.cameldewatermark.published;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.xpath.XPath;
import javax.xml.xpath.XPathConstants;
import javax.xml.xpath.XPathFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

/** The jar as it is published: what everybody who uses the component gets. */
class JarIT {

    private static final Path JAR = Path.of(System.getProperty("project.jar"));

    @Test
    void theJarHasWhatIsLookedForOnTheClassPathAndNothingThatOnlyTheBuildNeeds() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile())) {
            assertThat(jar.stream().map(ZipEntry::getName))
                    .contains(
                            "META-INF/services/org/apache/camel/component/dewatermark",
                            "META-INF/io/github/cameldewatermark/dewatermark.json",
                            "kamelets/dewatermark-erase-action.kamelet.yaml",
                            "kamelets/dewatermark-pdf-action.kamelet.yaml",
                            "kamelets/dewatermark-video-action.kamelet.yaml",
                            "kamelets/dewatermark-credit-source.kamelet.yaml",
                            "io/github/cameldewatermark/builder/StaticEndpointBuilders.class")
                    .noneMatch(name -> name.contains("sandbox") || name.endsWith(".java"));
        }
    }

    /** Camel Quarkus looks for components only in jars that have one; Camel's own jars have theirs, too. */
    @Test
    void theJarHasAJandexIndexOfItsClasses() throws IOException {
        try (JarFile jar = new JarFile(JAR.toFile());
                InputStream index = jar.getInputStream(jar.getEntry("META-INF/jandex.idx"))) {
            // names are in it in parts, as plain text
            String content = new String(index.readAllBytes(), StandardCharsets.UTF_8);
            assertThat(jar.stream().map(ZipEntry::getName).filter(name -> name.endsWith(".class")))
                    .hasSizeGreaterThan(100)
                    .allMatch(name -> content.contains(simpleName(name)), "is in the index");
        }
    }

    @Test
    void stackTracesTellFilesAndLines() throws Exception {
        try (URLClassLoader jar =
                new URLClassLoader(new URL[] {JAR.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
            Class<?> type = jar.loadClass("io.github.cameldewatermark.client.EraseModel");
            try {
                type.getMethod("of", String.class, String.class, boolean.class).invoke(null, "9.9", null, false);
            } catch (InvocationTargetException e) {
                StackTraceElement place = e.getCause().getStackTrace()[0];
                assertThat(place.getFileName()).isEqualTo("EraseModel.java");
                assertThat(place.getLineNumber()).isPositive();
                return;
            }
        }
        throw new AssertionError("9.9 is no version");
    }

    @Test
    void anApplicationGetsNothingButPartsOfCamelAlongWithItAndOfWhatTheyNeedNewerOnes() throws Exception {
        assertThat(groupsOfDependencies())
                .isNotEmpty()
                .containsOnly("org.apache.camel", "org.apache.httpcomponents.core5", "com.fasterxml.jackson.core");
    }

    private static String simpleName(String entry) {
        return entry.replaceAll(".*[/$]|\\.class$", "");
    }

    private static List<String> groupsOfDependencies() throws Exception {
        Document pom = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(Path.of("pom.xml").toFile());
        XPath xpath = XPathFactory.newInstance().newXPath();
        NodeList groups = (NodeList) xpath.evaluate(
                "/project/dependencies/dependency[not(scope='test') and not(optional='true')]/groupId",
                pom,
                XPathConstants.NODESET);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < groups.getLength(); i++) {
            names.add(groups.item(i).getTextContent());
        }
        return names;
    }
}
