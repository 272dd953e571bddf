package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseRequest;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.Orientation;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.mask.BaseMask;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.image.pixel.ImageConverter;
import io.github.cameldewatermark.image.refine.RefinedPicture;
import java.awt.Dimension;
import java.io.IOException;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;

/**
 * Turns a message into a request, following the protocol of the API: the first call sends the picture; the first refinement
 * sends the result of the first call, with the mask and a brush; each later refinement sends the session id in place of the
 * picture.
 */
final class EraseInput {

    private final Message message;
    private final Payloads payloads;
    private final DewatermarkConfiguration configuration;

    private EraseInput(Message message, Payloads payloads, DewatermarkConfiguration configuration) {
        this.message = message;
        this.payloads = payloads;
        this.configuration = configuration;
    }

    /**
     * Reads a message and checks that its content can be sent.
     *
     * @param optionBrush the brush of the endpoint, or {@code null}
     */
    static Request read(
            Exchange exchange, DewatermarkConfiguration configuration, Brush optionBrush, TempFolder folder) {
        Payloads payloads = new Payloads(exchange, folder);
        try {
            EraseSettings settings = EraseSettings.of(exchange.getMessage(), configuration);
            return new EraseInput(exchange.getMessage(), payloads, configuration).request(settings, optionBrush);
        } catch (RuntimeException | Error e) {
            payloads.close();
            throw e;
        }
    }

    /**
     * A request, with what is to be done before and after the call.
     *
     * @param call        the request to send; until {@link #prepared()}, it lacks the brush and nothing in it is converted
     * @param picture     what the header of the picture says; {@code null} if no picture is sent
     * @param preparation what is to be done before the request is sent
     * @param full        the full-size picture to apply the result to; {@code null} if the result is used as it is
     * @param refinement  the number of refinements of the picture, including this one
     * @param name        the name of the picture, for messages
     * @param subject     the picture that the message has; {@code null} if it has none, only a session
     * @param original    the content whose metadata the result gets; {@code null} if it gets none
     * @param payloads    to be closed after the call
     */
    record Request(
            EraseRequest call,
            PictureInfo picture,
            Preparation preparation,
            RefinedPicture full,
            int refinement,
            String name,
            Content subject,
            Content original,
            Payloads payloads) {

        /** Returns the request as it is sent; converts pictures, so it is to be called on a worker. */
        Request prepared() {
            EraseRequest ready;
            try {
                ready = preparation.apply(call, name, conversion -> payloads.converted(conversion, name));
            } catch (Error e) { // OutOfMemoryError, or a decoder that is incomplete on the class path
                throw new DewatermarkInputException(
                        EraseOperation.NAME,
                        name + " can't be converted (" + e + "). Nothing was sent, nothing was charged.",
                        e);
            }
            return new Request(ready, picture, preparation, full, refinement, name, subject, original, payloads);
        }

        /**
         * Returns the estimated heap in bytes, including what the result will need: too little heap must be noticed before
         * anything is spent.
         */
        long memory() {
            return Math.max(preparation.memory(), full == null ? 0 : full.memory());
        }

        /** Whether the platform works on a converted copy and not on the original itself. */
        boolean isConverted() {
            return full != null || preparation.conversion() != null;
        }
    }

    /** A picture and what its header says. */
    private record Picture(Content content, PictureInfo info) {

        /** Returns the conversion to the largest JPEG that can be sent. */
        ImageConverter conversion(int maxSide) {
            return new ImageConverter(content, info, maxSide);
        }
    }

    private Request request(EraseSettings settings, Brush optionBrush) {
        Content header = payloads.header(DewatermarkConstants.MASK_BRUSH);
        Brush brush = header == null ? optionBrush : Brush.of(header);
        String session = message.getHeader(DewatermarkConstants.SESSION_ID, String.class);
        Integer refinements = refinements();
        Content erased = brush == null ? null : payloads.header(DewatermarkConstants.MASK_BASE);
        BaseMask base = erased == null ? null : new BaseMask(erased);
        boolean refines = base != null || brush != null && session != null;
        boolean bySession = session != null
                && (brush != null && (refinements == null || refinements > 0) && !isForgotten()
                        || brush == null && message.getBody() == null);
        int refinement = refines ? (refinements == null ? 0 : refinements) + 1 : 0;
        return bySession
                ? bySession(session, base, brush, refinement, settings)
                : byPicture(base, brush, refines, refinement, settings);
    }

    /** Whether the platform may have forgotten the session, as it is that of an earlier call, and the picture is there. */
    private boolean isForgotten() {
        return message.getBody() != null && message.getHeader(DewatermarkConstants.FROM_JOURNAL, false, Boolean.class);
    }

    private Request byPicture(BaseMask base, Brush brush, boolean refines, int refinement, EraseSettings settings) {
        Content image = payloads.body();
        int maxSide = refines ? ImageInspector.MAX_REFINED_SIDE : ImageInspector.MAX_SIDE;
        Picture picture = new Picture(image, inspect(image, refines, maxSide));
        ImageConverter conversion = picture.conversion(maxSide);
        // created only if needed, because the first Dimension loads AWT
        Dimension size = brush == null ? null : new Dimension(conversion.width(), conversion.height());
        boolean asItIs = isSentAsItIs(picture.info(), brush != null, maxSide);
        if (!asItIs && !configuration.isConvertImages()) {
            throw new DewatermarkInputException(
                    EraseOperation.NAME,
                    image.name()
                            + " is stored turned, as its Exif orientation says, and would have to be made upright to go"
                            + " with a brush, which convertImages=false forbids. Nothing was sent, nothing was charged.");
        }
        return new Request(
                draft(image, null, base, settings),
                picture.info(),
                new Preparation(
                        asItIs ? null : conversion,
                        isSentBackAsItCame(base, asItIs, conversion) ? null : base,
                        picture.info().orientation(),
                        brush,
                        size),
                refines ? full(picture, size, brush) : null,
                refinement,
                image.name(),
                image,
                settings.preserveMetadata() ? image : null,
                payloads);
    }

    /** The mask may be in a form of the platform's own: it need not be read if its picture is neither scaled nor turned. */
    private static boolean isSentBackAsItCame(BaseMask base, boolean asItIs, ImageConverter conversion) {
        return base == null || asItIs || !base.isReadable() && conversion.keepsShape();
    }

    /** The server has the picture already. If it is smaller than the body, the result will be applied to the body. */
    private Request bySession(String session, BaseMask base, Brush brush, int refinement, EraseSettings settings) {
        Picture body = brush == null ? null : bodyIfPicture();
        Dimension size = brush == null ? null : sizeOfSession(base, body, brush);
        return new Request(
                draft(null, session, base, settings),
                null,
                new Preparation(null, null, Orientation.UPRIGHT, brush, size),
                body == null ? null : full(body, size, brush),
                refinement,
                body == null
                        ? message.getHeader(Exchange.FILE_NAME, "the body", String.class)
                        : body.content().name(),
                body == null ? null : body.content(),
                settings.preserveMetadata() && body != null ? body.content() : null,
                payloads);
    }

    private static EraseRequest draft(Content image, String session, BaseMask base, EraseSettings settings) {
        return new EraseRequest(
                image,
                session,
                base == null ? null : base.content(),
                null,
                settings.removeText(),
                settings.predictMode());
    }

    /** Returns the full-size picture to apply the result to; {@code null} if the platform has the picture in full size. */
    private RefinedPicture full(Picture picture, Dimension sent, Brush brush) {
        boolean smaller = picture.info().largestSide() > Math.max(sent.width, sent.height);
        return smaller && scales() ? new RefinedPicture(picture.content(), picture.info(), brush) : null;
    }

    /**
     * Returns the size of the picture in the session: that of the mask of the last answer, if there is one; otherwise that to
     * which the body was scaled to be sent or, without a body, that of the brush.
     */
    private Dimension sizeOfSession(BaseMask base, Picture body, Brush brush) {
        Dimension size = brush.ownSize();
        if (body != null) {
            ImageConverter shown = body.conversion(ImageInspector.MAX_REFINED_SIDE);
            size = new Dimension(shown.width(), shown.height());
        }
        if (base != null && base.isReadable() && (size == null || base.fits(size.width, size.height))) {
            return new Dimension(base.width(), base.height());
        }
        if (size == null) {
            throw new DewatermarkInputException(
                    EraseOperation.NAME,
                    "The size of the picture isn't known, which maskRegion needs: neither the body nor the header "
                            + DewatermarkConstants.MASK_BASE + " says it. Nothing was sent, nothing was charged.");
        }
        return size;
    }

    /** Returns the body if it is a picture, otherwise {@code null}: with a session id, it need not be one. */
    private Picture bodyIfPicture() {
        if (message.getBody() == null) {
            return null;
        }
        Content body = null;
        try {
            body = payloads.body();
            return new Picture(body, ImageInspector.inspect(body));
        } catch (DewatermarkInputException e) {
            if (body == null && e.getCause() instanceof IOException) {
                throw e; // it couldn't be read, but may be the picture that the result has to be applied to
            }
            return null;
        }
    }

    private boolean scales() {
        return configuration.isConvertImages() && configuration.isScaleRefinement();
    }

    private PictureInfo inspect(Content image, boolean refines, int maxSide) {
        if (!configuration.isConvertImages()) {
            return ImageInspector.requireJpeg(image, maxSide);
        }
        PictureInfo picture = ImageInspector.inspect(image);
        if (refines && !scales()) {
            ImageInspector.requireSide(image, picture, maxSide);
        }
        return picture;
    }

    /** A masked picture must be stored upright, as it isn't documented whether the platform heeds the Exif orientation. */
    private static boolean isSentAsItIs(PictureInfo picture, boolean masked, int maxSide) {
        return picture.isJpegForApi()
                && picture.largestSide() <= maxSide
                && !(masked && picture.orientation() != Orientation.UPRIGHT);
    }

    private Integer refinements() {
        try {
            return message.getHeader(DewatermarkConstants.REFINEMENT, Integer.class);
        } catch (TypeConversionException e) {
            throw new DewatermarkInputException(
                    EraseOperation.NAME,
                    "The header " + DewatermarkConstants.REFINEMENT
                            + " must be a number. Nothing was sent, nothing was charged.",
                    e);
        }
    }
}
