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
 * What is done to pixels before a request is sent: the picture becomes one that the API takes, and its masks fit it.
 *
 * @param conversion of the picture; {@code null} if it is sent as it is, or not at all
 * @param base       what has been erased so far; {@code null} if it is sent as it is, or not at all
 * @param turn       what the conversion does to the picture besides scaling it
 * @param brush      what to erase; {@code null}: the platform looks for the watermark
 * @param size       of the picture as the platform has it then; {@code null} without a brush
 */
record Preparation(ImageConverter conversion, BaseMask base, Orientation turn, Brush brush, Dimension size) {

    boolean isNeeded() {
        return conversion != null || brush != null;
    }

    /** How many bytes of heap it takes at most, estimated: one thing is done after the other. */
    long memory() {
        long memory = conversion == null ? 0 : conversion.memory();
        if (base != null) {
            memory = Math.max(memory, base.memory(size.width, size.height));
        }
        return brush == null ? memory : Math.max(memory, brush.memory(size.width, size.height));
    }

    /**
     * The request as it is sent.
     *
     * @param draft the request before
     * @param name  of the picture, for messages
     * @param keep  keeps what comes out of a conversion until the request is done
     */
    EraseRequest apply(EraseRequest draft, String name, Function<ImageConverter, Content> keep) {
        // the masks first: what is wrong with them shows sooner than a large picture is converted
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
