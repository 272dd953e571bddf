package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseRequest;
import io.github.cameldewatermark.image.header.Orientation;
import io.github.cameldewatermark.image.mask.BaseMask;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.image.pixel.ImageConverter;
import java.awt.Dimension;
import java.util.function.Function;

/**
 * What is done to pixels before a request is sent: the picture is converted to one that the API takes, and the masks are
 * fitted to its size.
 *
 * @param conversion the conversion of the picture; {@code null} if the picture is sent as it is, or not at all
 * @param base       the mask of what has been erased so far; {@code null} if it is sent as it is, or not at all
 * @param turn       the orientation that the conversion applies to the picture, besides scaling it
 * @param brush      what to erase; {@code null} if the platform looks for the watermark
 * @param size       the size in pixels of the picture as it is sent or as the platform has it; {@code null} without a brush
 */
record Preparation(ImageConverter conversion, BaseMask base, Orientation turn, Brush brush, Dimension size) {

    boolean isNeeded() {
        return conversion != null || brush != null;
    }

    /** Returns the estimated peak heap in bytes: the maximum of the steps, as they are done one after the other. */
    long memory() {
        long memory = conversion == null ? 0 : conversion.memory();
        if (base != null) {
            memory = Math.max(memory, base.memory(size.width, size.height));
        }
        return brush == null ? memory : Math.max(memory, brush.memory(size.width, size.height));
    }

    /**
     * Returns the request as it is sent.
     *
     * @param draft the request before the preparation
     * @param name  the name of the picture, for messages
     * @param keep  runs a conversion and keeps its output until the request is done
     */
    EraseRequest apply(EraseRequest draft, String name, Function<ImageConverter, Content> keep) {
        // the masks first, so that a broken mask is noticed before a large picture is converted
        Content maskBrush = brush == null ? null : brush.png(name, size.width, size.height);
        Content maskBase = base == null ? draft.maskBase() : base.fitting(size.width, size.height, turn);
        return new EraseRequest(
                conversion == null ? draft.image() : keep.apply(conversion),
                draft.sessionId(),
                maskBase,
                maskBrush,
                draft.removeText(),
                draft.predictMode());
    }
}
