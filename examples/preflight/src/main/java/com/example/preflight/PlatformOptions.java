package com.example.preflight;

import io.github.cameldewatermark.client.DewatermarkClientBuilder;
import io.github.cameldewatermark.client.Prices;
import java.math.BigDecimal;
import picocli.CommandLine.Option;

/** Who is paid, and how much: the same for an estimate and for the batch. */
final class PlatformOptions {

    @Option(
            names = "--base-url",
            paramLabel = "URL",
            defaultValue = DewatermarkClientBuilder.DEFAULT_BASE_URL,
            description = "The platform: ${DEFAULT-VALUE} unless given.")
    private String baseUrl;

    @Option(
            names = "--credits-per-picture",
            paramLabel = "CREDITS",
            defaultValue = "1",
            description = "What a picture costs: ${DEFAULT-VALUE} unless given.")
    private BigDecimal creditsPerPicture;

    @Option(
            names = "--credits-per-second",
            paramLabel = "CREDITS",
            defaultValue = "0.2",
            description =
                    "What a second of a clip costs: ${DEFAULT-VALUE} unless given; the vendor asks for 0.5 today.")
    private BigDecimal creditsPerSecond;

    String baseUrl() {
        return baseUrl;
    }

    Prices prices() {
        return new Prices(creditsPerPicture, Prices.DEFAULT.proPicture(), creditsPerSecond, Prices.DEFAULT.tenPages());
    }
}
