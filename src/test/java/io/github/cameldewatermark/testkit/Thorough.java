package io.github.cameldewatermark.testkit;

/** How large tests are: a build does with a part of what {@code -Pthorough} does. */
public final class Thorough {

    public static final boolean ON = Boolean.getBoolean("thorough");

    private Thorough() {}

    public static int of(int full, int usual) {
        return ON ? full : usual;
    }
}
