package com.example.preflight;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;
import java.util.function.UnaryOperator;

/** Whether somebody is watching, and what they say. */
final class Terminal {

    private Terminal() {}

    static boolean isThere() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            // from JDK 22 on there may be a console without a terminal
            return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (NoSuchMethodException e) {
            return true;
        } catch (IllegalAccessException | InvocationTargetException e) {
            return false;
        }
    }

    /** Returns what asks a question and returns the answer; {@code null} if nobody is there. */
    static UnaryOperator<String> questions() {
        return isThere() ? question -> System.console().readLine("%s", question) : null;
    }
}
