package com.example;

import io.github.cameldewatermark.sandbox.Sandbox;
import java.util.stream.Stream;
import org.springframework.boot.SpringApplication;

/** The application with the offline platform: {@code mvn spring-boot:test-run}. */
public final class SandboxApplication {

    private SandboxApplication() {}

    public static void main(String[] args) throws Exception {
        Sandbox sandbox = Sandbox.start();
        String[] offline = {
            "--camel.component.dewatermark.base-url=" + sandbox.baseUrl(),
            "--camel.component.dewatermark.api-key=" + sandbox.apiKey()
        };
        SpringApplication.run(
                Application.class, Stream.of(args, offline).flatMap(Stream::of).toArray(String[]::new));
    }
}
