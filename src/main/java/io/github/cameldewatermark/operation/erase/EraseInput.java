package io.github.cameldewatermark.operation.erase;

import io.github.cameldewatermark.body.Payload;
import io.github.cameldewatermark.body.Spool;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseRequest;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.mask.BaseMask;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.image.pixel.ImageConverter;
import io.github.cameldewatermark.image.refine.RefinedPicture;
import io.github.cameldewatermark.operation.PayAgain;
import io.github.cameldewatermark.operation.RequestKey;
import java.awt.Dimension;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * What a message asks for: a request, with what is to be done before and after the call.
 *
 * @param draft       the request; until {@link #prepare()}, it lacks the brush and nothing in it is converted
 * @param preparation what is to be done before the request is sent
 * @param full        the full-size picture to apply the result to; {@code null} if the result is used as it is
 * @param refinement  the number of refinements of the picture, including this one
 * @param name        the name of the picture, for messages
 * @param subject     the picture that the message has; {@code null} if it has none, only a session
 * @param format      the format that the names fit
 * @param names       the names of the file that the message has, by their headers
 * @param original    the headers that tell the result what the original picture was
 * @param payAgain    whether to pay in spite of what is known about the picture
 * @param payloads    what was read from the message, and what was made from that
 * @param folder      for what is made
 */
record EraseInput(
        EraseRequest draft,
        Preparation preparation,
        RefinedPicture full,
        int refinement,
        String name,
        Content subject,
        PictureFormat format,
        Map<String, String> names,
        Map<String, Object> original,
        PayAgain payAgain,
        List<Payload> payloads,
        TempFolder folder)
        implements AutoCloseable {

    /** Returns the key under which a journal knows this, if an account pays for it: all that changes the answer. */
    String key(String account) {
        return new RequestKey(account, EraseOperation.NAME)
                // whether it goes as a picture or as its session: after a repeat it may be the other
                .content(subject)
                .text(subject == null ? draft.sessionId() : null)
                .content(draft.maskBase())
                .content(preparation.brush == null ? null : preparation.brush.source())
                .text(String.valueOf(draft.removeText()))
                .text(draft.model().apiVersion())
                .text(draft.model().predictMode())
                .text(String.valueOf(draft.model().pro()))
                .text(refinement > 0 ? "refinement" : null)
                .hex();
    }

    /** Whether nothing needs to be converted before the request is sent. */
    boolean isPrepared() {
        return preparation.conversion == null && preparation.brush == null;
    }

    /** Whether the platform works on a converted copy and not on the original itself. */
    boolean isConverted() {
        return full != null || preparation.conversion != null;
    }

    /**
     * Returns the estimated heap in bytes, including what the result will need: too little heap must be noticed before
     * anything is spent.
     */
    long memory() {
        return Math.max(preparation.memory(), full == null ? 0 : full.memory());
    }

    /** Returns the request as it is sent; converts pictures. */
    EraseRequest prepare() {
        try {
            // the masks first, so that a broken mask is noticed before a large picture is converted
            Content maskBrush = preparation.maskBrush(name);
            Content maskBase = preparation.maskBase(draft);
            ImageConverter conversion = preparation.conversion;
            return new EraseRequest(
                    conversion == null ? draft.image() : converted(conversion),
                    draft.sessionId(),
                    maskBase,
                    maskBrush,
                    draft.removeText(),
                    draft.model());
        } catch (Error e) { // OutOfMemoryError, or a decoder that is incomplete on the class path
            throw new DewatermarkInputException(EraseOperation.NAME, name + " can't be converted (" + e + ")", e);
        }
    }

    private Content converted(ImageConverter conversion) {
        try (Spool spool = new Spool(folder)) {
            conversion.writeTo(spool);
            Payload converted = Payload.of(spool, name);
            payloads.add(converted);
            return converted.content();
        } catch (IOException e) {
            throw new DewatermarkTransportException(
                    "temp folder",
                    name + " was converted, but the JPEG could not be kept in the temp folder (java.io.tmpdir): "
                            + e.getMessage() + ". Nothing was sent, nothing was charged.",
                    Billed.NO,
                    true,
                    e);
        }
    }

    /** Deletes what was spooled. */
    @Override
    public void close() {
        payloads.forEach(Payload::close);
    }

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

        private Content maskBrush(String name) {
            return brush == null ? null : brush.png(name, size.width, size.height);
        }

        private Content maskBase(EraseRequest draft) {
            return base == null ? draft.maskBase() : base.fitting(size.width, size.height, turn);
        }

        /** Returns the estimated peak heap in bytes: the maximum of the steps, as they are done one after the other. */
        private long memory() {
            long memory = conversion == null ? 0 : conversion.memory();
            if (base != null) {
                memory = Math.max(memory, base.memory(size.width, size.height));
            }
            return brush == null ? memory : Math.max(memory, brush.memory(size.width, size.height));
        }
    }
}
