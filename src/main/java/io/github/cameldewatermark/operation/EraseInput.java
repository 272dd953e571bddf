package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseRequest;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkTransportException;
import io.github.cameldewatermark.image.ImageConverter;
import io.github.cameldewatermark.image.ImageInspector;
import io.github.cameldewatermark.image.Orientation;
import io.github.cameldewatermark.image.PictureInfo;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;

/**
 * What a message asks for, as a request, by the protocol of the API: the first call sends the picture; the first
 * refinement sends the result of that, with the mask and a brush; each later one sends the session in place of the
 * picture.
 */
final class EraseInput implements AutoCloseable {

    private final List<Payload> payloads = new CopyOnWriteArrayList<>();
    private final Exchange exchange;
    private final Message message;
    private final Payload.Factory factory;
    private final boolean convertImages;

    private EraseInput(Exchange exchange, Payload.Factory factory, boolean convertImages) {
        this.exchange = exchange;
        this.message = exchange.getMessage();
        this.factory = factory;
        this.convertImages = convertImages;
    }

    /**
     * Reads a message and makes sure that what it has can be sent.
     *
     * @param optionBrush the brush of the endpoint, or {@code null}
     */
    static Request read(
            Exchange exchange, DewatermarkConfiguration configuration, Content optionBrush, TempFolder folder) {
        EraseInput input = new EraseInput(
                exchange, new Payload.Factory(EraseOperation.NAME, folder), configuration.isConvertImages());
        try {
            EraseSettings settings = EraseSettings.of(exchange.getMessage(), configuration);
            return input.request(settings, optionBrush);
        } catch (RuntimeException e) {
            input.close();
            throw e;
        }
    }

    /**
     * A request and what to close after it.
     *
     * @param call       with the picture as it came
     * @param picture    what its header says, {@code null} if none is sent
     * @param conversion what makes it into one that can be sent, {@code null} if it can be sent as it is
     * @param refinement how many refinements the picture has had with this one
     * @param name       what to call the picture
     * @param original   whose metadata the result gets; {@code null}: it gets none
     */
    record Request(
            EraseRequest call,
            PictureInfo picture,
            ImageConverter conversion,
            int refinement,
            String name,
            Content original,
            EraseInput input) {

        /** With the picture as it is sent; to be called on a worker. */
        Request converted() {
            Content jpeg = input.convert(conversion, name);
            return new Request(
                    new EraseRequest(
                            jpeg, null, call.maskBase(), call.maskBrush(), call.removeText(), call.predictMode()),
                    picture,
                    null,
                    refinement,
                    name,
                    original,
                    input);
        }

        /** Whether what is sent was made of the original, and isn't the original itself. */
        boolean isConverted() {
            return call.image() != null && original != call.image();
        }
    }

    @Override
    public void close() {
        payloads.forEach(Payload::close);
    }

    private Request request(EraseSettings settings, Content optionBrush) {
        Content brush = mask(DewatermarkConstants.MASK_BRUSH);
        if (brush == null) {
            brush = optionBrush;
        }
        String session = message.getHeader(DewatermarkConstants.SESSION_ID, String.class);
        Integer refinements = refinements();
        Content base = brush == null ? null : mask(DewatermarkConstants.MASK_BASE);
        boolean refines = base != null || brush != null && session != null;
        boolean bySession = session != null
                && (brush != null && (refinements == null || refinements > 0)
                        || brush == null && message.getBody() == null);
        Content image = bySession ? null : add(factory.body(exchange));
        PictureInfo picture = bySession ? null : inspect(image, refines);
        return new Request(
                new EraseRequest(
                        image, bySession ? session : null, base, brush, settings.removeText(), settings.predictMode()),
                picture,
                picture == null || isSentAsItIs(picture, brush != null)
                        ? null
                        : new ImageConverter(image, picture, ImageInspector.MAX_SIDE),
                refines ? (refinements == null ? 0 : refinements) + 1 : 0,
                image == null ? message.getHeader(Exchange.FILE_NAME, "the body", String.class) : image.name(),
                settings.preserveMetadata() ? image == null ? previousResult() : image : null,
                this);
    }

    /** What a session is of, where it is still there. */
    private Content previousResult() {
        return message.getBody() instanceof SpooledBody body ? body.content() : null;
    }

    /** A refinement isn't scaled, as its masks fit the picture as it is. */
    private PictureInfo inspect(Content image, boolean refines) {
        int maxSide = refines ? ImageInspector.MAX_REFINED_SIDE : ImageInspector.MAX_SIDE;
        if (!convertImages) {
            return ImageInspector.requireJpeg(image, maxSide);
        }
        PictureInfo picture = ImageInspector.inspect(image);
        if (refines) {
            ImageInspector.requireSide(image, picture, maxSide);
        }
        return picture;
    }

    /** Together with a mask it has to be upright, as nobody says whether the platform looks at its orientation. */
    private static boolean isSentAsItIs(PictureInfo picture, boolean masked) {
        return picture.isJpegForApi()
                && picture.largestSide() <= ImageInspector.MAX_SIDE
                && !(masked && picture.orientation() != Orientation.UPRIGHT);
    }

    private Content convert(ImageConverter conversion, String name) {
        Spool spool = new Spool(factory.folder());
        try {
            conversion.writeTo(spool);
            return add(Payload.of(spool, name));
        } catch (IOException e) {
            spool.discard();
            throw new DewatermarkTransportException(
                    "temp folder",
                    name + " was converted, but the JPEG could not be kept in the temp folder (java.io.tmpdir): "
                            + e.getMessage() + ". Nothing was sent, nothing was charged.",
                    Billed.NO,
                    true,
                    e);
        } catch (RuntimeException | Error e) {
            spool.discard();
            throw e;
        }
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

    private Content mask(String header) {
        Object value = message.getHeader(header);
        if (value == null) {
            return null;
        }
        Content mask = add(factory.of(exchange, value, "the header " + header));
        ImageInspector.requireMask(mask);
        return mask;
    }

    private Content add(Payload payload) {
        payloads.add(payload);
        return payload.content();
    }
}
