package com.example;

import java.util.Locale;
import org.apache.camel.PropertyBindingException;
import org.apache.camel.ResolveEndpointFailedException;
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

    /** The same stack trace for the log, with classes only: a message may have the value of a setting, such as the key. */
    static Throwable withoutMessages(Throwable failure) {
        Throwable cause = failure.getCause();
        Throwable copy = new Throwable(failure.getClass().getName(), cause == null ? null : withoutMessages(cause));
        copy.setStackTrace(failure.getStackTrace());
        return copy;
    }

    private static String say(Throwable cause) {
        if (cause instanceof PropertyBindingException e) {
            return setting(e) + " doesn't do: " + reasonOf(e);
        }
        if (cause instanceof ResolveEndpointFailedException) {
            return messageOf(cause).replaceAll("(\\w=)(?!\\[)[^&,}\\]\\s]+", "$1...");
        }
        // the component's own, and those of the checks above, need no name in front
        return cause instanceof IllegalArgumentException ? messageOf(cause) : cause.toString();
    }

    /** A setting has a prefix such as {@code camel.component.dewatermark.}, an option of an endpoint has none. */
    private static String setting(PropertyBindingException failure) {
        String option = String.valueOf(failure.getPropertyName());
        return failure.getOptionPrefix() == null
                ? "The option " + option + " of an endpoint"
                : "The setting " + failure.getOptionPrefix().replaceFirst("\\.+$", "") + "."
                        + StringHelper.camelCaseToDash(option).toLowerCase(Locale.ROOT);
    }

    /** Never Camel's own message, which has the value: a key under a wrong name is a key. */
    private static String reasonOf(PropertyBindingException failure) {
        Throwable cause = failure.getCause();
        while (cause instanceof PropertyBindingException) {
            cause = cause.getCause();
        }
        return cause == null ? "there is no such option" : messageOf(cause);
    }

    private static String messageOf(Throwable failure) {
        return failure.getMessage() == null ? failure.toString() : failure.getMessage();
    }
}
