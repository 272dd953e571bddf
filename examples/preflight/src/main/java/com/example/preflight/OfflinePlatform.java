package com.example.preflight;

import io.github.cameldewatermark.client.Prices;
import io.github.cameldewatermark.sandbox.Sandbox;

/** The sandbox, with credits for any folder. */
final class OfflinePlatform implements AutoCloseable {

    private static final long CREDITS = 1_000_000_000;

    private final Sandbox sandbox;

    OfflinePlatform(Prices prices) {
        sandbox = Sandbox.builder()
                .credits(CREDITS)
                .prices(new io.github.cameldewatermark.sandbox.platform.Prices(
                        prices.picture(), prices.proPicture(), prices.second(), prices.tenPages()))
                .start();
    }

    String baseUrl() {
        return sandbox.baseUrl();
    }

    String apiKey() {
        return sandbox.apiKey();
    }

    @Override
    public void close() {
        sandbox.close();
    }
}
