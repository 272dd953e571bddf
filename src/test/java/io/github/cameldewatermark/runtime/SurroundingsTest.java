package io.github.cameldewatermark.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.testkit.LogLines;
import io.github.cameldewatermark.testkit.TestContext;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurroundingsTest {

    private static final String CATALOG = "META-INF/io/github/cameldewatermark/dewatermark.json";

    @TempDir
    private Path folder;

    @Test
    void anOlderCamelIsRefusedInOneLine() throws Exception {
        // that of 4.17 has no getFileLength
        Path source = Files.writeString(
                folder.resolve("WrappedFile.java"),
                "package org.apache.camel; public interface WrappedFile<T> { T getFile(); Object getBody(); }");
        int exit = ToolProvider.getSystemJavaCompiler()
                .run(null, null, null, "-proc:none", "-d", folder.toString(), source.toString());
        assertThat(exit).isZero();

        try (Loader camel417 = new Loader(folder)) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> start(camel417))
                    .withMessage(
                            "camel-dewatermark needs Camel 4.18 or later, and this is Camel %s: update Camel",
                            new DefaultCamelContext().getVersion());
        }
    }

    @Test
    void aSecondVersionOnTheClassPathIsAWarningThatNamesBoth() throws Exception {
        Path other = otherJar("{ \"version\": \"0.9.0\" }");

        try (Loader both = new Loader(other)) {
            assertThat(warnings(both))
                    .singleElement()
                    .asString()
                    .startsWith("There are several versions of camel-dewatermark on the class path")
                    .contains(other.toUri().toURL().toString(), componentUrl().toString());
        }
    }

    @Test
    void theSameVersionAtAnotherPlaceIsNoSecondOne() throws Exception {
        try (Loader copy = new Loader(otherJar(Files.readString(Path.of("target/classes", CATALOG))))) {
            assertThat(warnings(copy)).isEmpty();
        }
    }

    @Test
    void theSameJarInTwoClassLoadersIsNoSecondOne() throws Exception {
        try (Loader twice = new Loader()) {
            assertThat(twice.getResources(CATALOG).asIterator()).toIterable().hasSize(2);

            assertThat(warnings(twice)).isEmpty();
        }
    }

    @Test
    void whereNothingIsWrongNothingIsSaid() {
        try (LogLines log = LogLines.infosOf(Surroundings.class);
                TestContext context = TestContext.unconfigured()) {
            assertThatNoException().isThrownBy(() -> context.component().init());

            assertThat(log.messages()).isEmpty();
        }
    }

    private Path otherJar(String catalog) throws IOException {
        Path file = folder.resolve("other").resolve(CATALOG);
        Files.createDirectories(file.getParent());
        Files.writeString(file, catalog);
        return folder.resolve("other");
    }

    private static List<String> warnings(ClassLoader loader) throws Exception {
        try (LogLines log = LogLines.infosOf(Surroundings.class)) {
            start(loader);
            return log.messages();
        }
    }

    private static void start(ClassLoader loader) throws Exception {
        try (CamelContext context = new DefaultCamelContext()) {
            Component component = (Component) loader.loadClass(DewatermarkComponent.class.getName())
                    .getDeclaredConstructor()
                    .newInstance();
            component.setCamelContext(context);
            component.init();
        }
    }

    private static URL componentUrl() {
        return DewatermarkComponent.class.getProtectionDomain().getCodeSource().getLocation();
    }

    /** Has the component, and what is put before it, of its own, and all else as the tests have it. */
    private static final class Loader extends URLClassLoader {

        Loader(Path... before) throws IOException {
            super(urls(before), SurroundingsTest.class.getClassLoader());
        }

        private static URL[] urls(Path... before) throws IOException {
            Stream.Builder<URL> urls = Stream.builder();
            for (Path path : before) {
                urls.add(path.toUri().toURL());
            }
            return urls.add(componentUrl()).build().toArray(URL[]::new);
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                if (loaded != null) {
                    return loaded;
                }
                try {
                    return findClass(name);
                } catch (ClassNotFoundException e) {
                    return super.loadClass(name, resolve);
                }
            }
        }
    }
}
