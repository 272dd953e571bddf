package io.github.cameldewatermark.springboot;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;

/** Reports a wrong option without a stack trace if an application can't start because of it. */
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

    /** Whether this component has thrown the exception: options are checked in many places, always with this exception. */
    private static boolean isOurs(Throwable problem) {
        StackTraceElement[] trace = problem.getStackTrace();
        return problem.getMessage() != null
                && trace.length > 0
                && trace[0].getClassName().startsWith(OURS);
    }

    /** Returns what to do, or {@code null} if the message names no option. */
    private static String action(String message) {
        String option = OptionNames.namedIn(message);
        return option == null
                ? null
                : "Correct " + OptionNames.key("dewatermark", option) + ", or " + option
                        + " of the endpoint if it is set there.";
    }
}
