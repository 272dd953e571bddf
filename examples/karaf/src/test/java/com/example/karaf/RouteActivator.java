package com.example.karaf;

import io.github.cameldewatermark.DewatermarkComponent;
import java.util.Dictionary;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Of a bundle that has a route, and neither Camel nor the component. */
public final class RouteActivator implements BundleActivator {

    /** Headers of the bundle. */
    static final String FROM = "Test-From";

    static final String CLEAN = "Test-Clean";
    static final String TO = "Test-To";

    private CamelContext camel;

    @Override
    public void start(BundleContext bundle) throws Exception {
        // camel-karaf looks for components in all bundles; without it, Camel does where it is told to
        camel = new DefaultCamelContext();
        camel.setApplicationContextClassLoader(DewatermarkComponent.class.getClassLoader());
        Dictionary<String, String> headers = bundle.getBundle().getHeaders();
        RouteBuilder.addRoutes(
                camel,
                routes -> routes.from(headers.get(FROM)).to(headers.get(CLEAN)).to(headers.get(TO)));
        camel.start();
    }

    @Override
    public void stop(BundleContext bundle) {
        camel.stop();
    }
}
