package io.github.cameldewatermark.runtime;

/**
 * An optional dependency, used only if the class loader of this component sees it. That Camel sees it isn't enough: in OSGi,
 * each bundle has its own class loader.
 */
public enum OptionalPart {
    CAMEL_FILE("org.apache.camel.component.file.FileEndpoint"),
    CAMEL_HEALTH("org.apache.camel.impl.health.AbstractHealthCheck"),
    MICROMETER("io.micrometer.core.instrument.MeterRegistry");

    private final String className;

    OptionalPart(String className) {
        this.className = className;
    }

    /** Whether it is present. It may become so later, as the Camel CLI loads dependencies when a route needs them. */
    public boolean isThere() {
        try {
            Class.forName(className, false, OptionalPart.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
