package io.github.cameldewatermark.published;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.DewatermarkComponent;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As in OSGi, where optional parts of Camel are bundles that Camel sees and that the bundle of the component needn't. */
class OptionalPartsElsewhereTest {

    @TempDir
    private Path folder;

    @Test
    void fileRoutesStartWhereOnlyCamelSeesCamelFile() throws Exception {
        try (BundleWithout bundle = new BundleWithout("org.apache.camel.component.file.");
                CamelContext context = context(bundle)) {
            context.start();

            assertThat(context.getRoutes()).hasSize(1);
        }
    }

    @Test
    void producersStartWhereOnlyCamelSeesCamelHealth() throws Exception {
        try (BundleWithout bundle = new BundleWithout("org.apache.camel.impl.health.");
                CamelContext context = context(bundle)) {
            HealthCheckHelper.getHealthCheckRepository(context, "producers").setEnabled(true);

            context.start();

            assertThat(HealthCheckHelper.getHealthCheckRepository(context, "producers").stream())
                    .isEmpty();
        }
    }

    /** A context with a file route through the component of a bundle. */
    private CamelContext context(ClassLoader bundle) throws Exception {
        CamelContext context = new DefaultCamelContext();
        Component component = (Component) bundle.loadClass(DewatermarkComponent.class.getName())
                .getDeclaredConstructor()
                .newInstance();
        // no option in the URI: what sets it is found on the class path of the tests
        Object configuration =
                component.getClass().getMethod("getConfiguration").invoke(component);
        configuration.getClass().getMethod("setApiKey", String.class).invoke(configuration, "any");
        context.addComponent("dewatermark", component);
        context.addRoutes(new RouteBuilder() {
            @Override
            public void configure() {
                from("file:" + folder + "?moveFailed=failed").to("dewatermark:erase");
            }
        });
        return context;
    }

    /** Has classes of the component of its own, and all else as the tests have it, but for some. */
    private static final class BundleWithout extends URLClassLoader {

        private final String unseen;

        BundleWithout(String unseen) {
            super(
                    new URL[] {
                        DewatermarkComponent.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                    },
                    OptionalPartsElsewhereTest.class.getClassLoader());
            this.unseen = unseen;
        }

        @Override
        protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
            if (name.startsWith(unseen)) {
                throw new ClassNotFoundException(name);
            }
            if (!name.startsWith("io.github.cameldewatermark.")) {
                return super.loadClass(name, resolve);
            }
            synchronized (getClassLoadingLock(name)) {
                Class<?> loaded = findLoadedClass(name);
                return loaded == null ? findClass(name) : loaded;
            }
        }
    }
}
