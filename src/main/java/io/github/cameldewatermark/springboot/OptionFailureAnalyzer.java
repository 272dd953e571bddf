package io.github.cameldewatermark.springboot;

import io.github.cameldewatermark.error.DewatermarkOptionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Reports a wrong option without a stack trace if an application can't start because of it. */
final class OptionFailureAnalyzer extends AbstractFailureAnalyzer<DewatermarkOptionException> {

    @Override
    protected FailureAnalysis analyze(Throwable failure, DewatermarkOptionException cause) {
        String action = cause.option() == null
                ? null
                : "Correct " + EnvironmentOptions.key("dewatermark", cause.option()) + ", or " + cause.option()
                        + " of the endpoint if it is set there.";
        return new FailureAnalysis(cause.getMessage(), action, failure);
    }
}
