package com.example;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.util.Collection;
import org.apache.camel.CamelContext;
import org.apache.camel.health.HealthCheck.Result;
import org.apache.camel.health.HealthCheckHelper;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;
import org.eclipse.microprofile.health.Liveness;
import org.eclipse.microprofile.health.Readiness;

/** Shows Camel's health checks in {@code /q/health}. With the extension camel-quarkus-microprofile-health, leave this out. */
final class CamelHealth {

    @Produces
    @Singleton
    @Liveness
    HealthCheck alive(CamelContext context) {
        return () -> answer("camel liveness", HealthCheckHelper.invokeLiveness(context), false);
    }

    @Produces
    @Singleton
    @Readiness
    HealthCheck ready(CamelContext context) {
        return () -> answer("camel readiness", HealthCheckHelper.invokeReadiness(context), true);
    }

    private static HealthCheckResponse answer(String name, Collection<Result> results, boolean readiness) {
        HealthCheckResponseBuilder answer =
                HealthCheckResponse.named(name).status(HealthCheckHelper.isResultsUp(results, readiness));
        for (Result result : results) {
            String check = result.getCheck().getId();
            answer.withData(check, result.getState().name());
            result.getMessage().ifPresent(message -> answer.withData(check + ".message", message));
            Object credits = result.getDetails().get("credit.available");
            if (credits != null) {
                answer.withData("credit.available", credits.toString());
            }
        }
        return answer.build();
    }
}
