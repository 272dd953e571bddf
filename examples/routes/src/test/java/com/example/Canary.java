package com.example;

import java.util.concurrent.atomic.AtomicInteger;

/** Sings when the name of a file is taken for code. */
public final class Canary {

    /** A property of Camel, whose value must appear nowhere. */
    static final String PROPERTY = "canary";

    static final String SECRET = "secret-of-the-canary";

    /** What makes it sing, once it is evaluated. */
    static final String CALL = "bean:type:com.example.Canary?method=touch";

    private static final AtomicInteger TOUCHES = new AtomicInteger();

    private Canary() {}

    /** Called by an expression. */
    public static String touch() {
        TOUCHES.incrementAndGet();
        return SECRET;
    }

    static int touches() {
        return TOUCHES.get();
    }

    static void hush() {
        TOUCHES.set(0);
    }
}
