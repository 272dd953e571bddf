package com.example.preflight;

import java.io.Console;
import java.lang.reflect.InvocationTargetException;

/** Whether somebody is watching. */
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
}
