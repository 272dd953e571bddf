package com.example;

import java.util.Locale;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.util.StringHelper;

/** What an operator can do something about, out of all that Camel wraps it in. */
final class StartFailure {

    private StartFailure() {}

    /** One line that names the setting. */
    static String reason(Throwable failure) {
        Throwable cause = failure;
        while (isWrapper(cause) && cause.getCause() != null) {
            cause = cause.getCause();
        }
        return say(cause).replaceAll("\\s*\\R\\s*", " ");
    }

    private static boolean isWrapper(Throwable failure) {
        return failure.getClass().getName().startsWith("org.apache.camel.")
                && !(failure instanceof PropertyBindingException);
    }

    private static String say(Throwable cause) {
        if (cause instanceof PropertyBindingException e) {
            String option = StringHelper.camelCaseToDash(e.getPropertyName()).toLowerCase(Locale.ROOT);
            return "The setting " + e.getOptionPrefix().replaceFirst("\\.+$", "") + "." + option + " doesn't do: "
                    + reasonOf(e);
        }
        // the component's own, and those of the checks above, need no name in front
        return cause instanceof IllegalArgumentException ? cause.getMessage() : cause.toString();
    }

    /** Never Camel's own message, which has the value: a key under a wrong name is a key. */
    private static String reasonOf(PropertyBindingException failure) {
        Throwable cause = failure.getCause();
        while (cause instanceof PropertyBindingException) {
            cause = cause.getCause();
        }
        return cause == null ? "there is no such option" : cause.getMessage();
    }
}
