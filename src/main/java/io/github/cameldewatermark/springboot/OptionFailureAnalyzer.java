package io.github.cameldewatermark.springboot;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Says what is wrong with an option, in place of a stack trace, when an application can't start because of it. */
final class OptionFailureAnalyzer implements FailureAnalyzer {

    private static final String OURS = "io.github.cameldewatermark.";

    /** Created by Spring Boot. */
    OptionFailureAnalyzer() {}

    @Override
    public FailureAnalysis analyze(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof IllegalArgumentException && isOurs(cause)) {
                return new FailureAnalysis(cause.getMessage(), action(cause.getMessage()), failure);
            }
        }
        return null;
    }

    /** Options are checked in many places, all of which complain in this way. */
    private static boolean isOurs(Throwable problem) {
        StackTraceElement[] trace = problem.getStackTrace();
        return problem.getMessage() != null
                && trace.length > 0
                && trace[0].getClassName().startsWith(OURS);
    }

    /** {@code null} if the message says it all. */
    private static String action(String message) {
        String option = OptionNames.namedIn(message);
        return option == null
                ? null
                : "Correct " + OptionNames.key("dewatermark", option) + ", or " + option
                        + " of the endpoint if it is set there.";
    }
}
