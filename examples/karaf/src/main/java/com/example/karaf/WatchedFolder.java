package com.example.karaf;

import io.github.cameldewatermark.DewatermarkComponent;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.PropertyBindingSupport;

/** Camel with the routes of {@code watched-folder.camel.yaml}, as the settings say. */
final class WatchedFolder implements AutoCloseable {

    private static final String ROUTES = "classpath:watched-folder.camel.yaml";

    private final Settings settings;
    private final CamelContext camel;

    private WatchedFolder(Settings settings, CamelContext camel) {
        this.settings = settings;
        this.camel = camel;
    }

    /**
     * @throws BadSettingException an option is unknown or has a value that it can't have
     */
    static WatchedFolder start(Settings settings) throws Exception {
        DefaultCamelContext camel = new DefaultCamelContext();
        try {
            camel.getCamelContextExtension().setName("dewatermark");
            camel.setApplicationContextClassLoader(WatchedFolder.class.getClassLoader());
            camel.getShutdownStrategy().setTimeout(settings.shutdownTimeout());
            Properties properties = new Properties();
            properties.setProperty("folder", settings.folder().toString());
            camel.getPropertiesComponent().setOverrideProperties(properties);
            configure(camel, settings.options());
            Resource routes = PluginHelper.getResourceLoader(camel).resolveResource(ROUTES);
            PluginHelper.getRoutesLoader(camel).loadRoutes(routes);
            camel.start();
            return new WatchedFolder(settings, camel);
        } catch (Exception e) {
            camel.close();
            throw e;
        }
    }

    @Override
    public String toString() {
        return settings.folder().resolve("inbox").toString();
    }

    /** What is under way has its timeout to end; a clip that takes longer is gone on with at the next start. */
    @Override
    public void close() {
        camel.stop();
    }

    private static void configure(CamelContext camel, Map<String, String> options) throws Exception {
        DewatermarkComponent component = camel.getComponent("dewatermark", DewatermarkComponent.class);
        for (Map.Entry<String, String> option : options.entrySet()) {
            set(camel, component, option.getKey(), option.getValue());
        }
        for (String operation : new String[] {"erase", "video"}) {
            check(camel.getEndpoint("dewatermark:" + operation));
        }
    }

    private static void set(CamelContext camel, DewatermarkComponent component, String name, String value)
            throws BadSettingException {
        boolean known;
        try {
            known = PropertyBindingSupport.build()
                    .withCamelContext(camel)
                    .withTarget(component)
                    .withConfigurer(component.getComponentPropertyConfigurer())
                    .withReflection(false)
                    .withProperty(name, value)
                    .bind();
        } catch (PropertyBindingException e) {
            throw new BadSettingException(name + " has a value that it can't have: " + rootMessage(e));
        }
        if (!known) {
            throw new BadSettingException(name + " is no setting, nor an option of the component dewatermark");
        }
    }

    /** A producer looks at all options when it is made: better now than in the middle of a start. */
    private static void check(Endpoint endpoint) throws Exception {
        try {
            endpoint.createProducer();
        } catch (IllegalArgumentException e) {
            throw new BadSettingException(e.getMessage());
        }
    }

    private static String rootMessage(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage();
    }
}
