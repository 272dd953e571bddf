package io.github.cameldewatermark.sandbox.platform;

import io.github.cameldewatermark.sandbox.pixel.ClipEngine;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine.CleanedClip;
import java.awt.Dimension;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.OptionalDouble;

/** Clips. What isn't one is found out by the engine: the task fails. */
record ClipCleaning(ClipEngine engine, Prices prices, Refusal.Reason tooLittleCredit) implements Cleaning {

    private static final String BRUSH = "mask_brush";

    @Override
    public TaskKind kind() {
        return TaskKind.VIDEO;
    }

    @Override
    public OptionalDouble length(Path upload) {
        try {
            return ClipLength.of(upload);
        } catch (IOException e) {
            // cut short inside a box; what to make of it is the engine's business
            return OptionalDouble.empty();
        }
    }

    @Override
    public BigDecimal price(double length) {
        return prices.ofClip(length);
    }

    @Override
    public void checkBrush(Path brush, Path upload) throws IOException {
        Pictures.requirePng(brush, BRUSH, size(upload));
    }

    private Dimension size(Path upload) {
        try {
            return engine.size(upload);
        } catch (IOException e) {
            return null; // not a clip, which the task will come to
        }
    }

    @Override
    public Cleaned clean(Path upload, Path brush, Path result) throws IOException {
        CleanedClip clip = brush == null
                ? engine.clean(upload, result, progress -> {})
                : engine.clean(upload, Pictures.readMask(brush, BRUSH), result, progress -> {});
        return new Cleaned(clip.seconds(), clip.hasWatermark());
    }
}
