package io.github.cameldewatermark.operation;

/**
 * What is used where classes of this component may name it. That Camel finds a part of its own doesn't say so: in OSGi each
 * bundle sees for itself.
 */
public enum OptionalPart {
    CAMEL_FILE("org.apache.camel.component.file.FileEndpoint"),
    CAMEL_HEALTH("org.apache.camel.impl.health.AbstractHealthCheck"),
    MICROMETER("io.micrometer.core.instrument.MeterRegistry");

    private final String className;
    private volatile boolean there;

    OptionalPart(String className) {
        this.className = className;
    }

    /** It may come later: the command line of Camel loads what a route needs when it needs it. */
    public boolean isThere() {
        if (!there) {
            there = isSeen(className);
        }
        return there;
    }

    private static boolean isSeen(String className) {
        try {
            Class.forName(className, false, OptionalPart.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }
}
