package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseRequest;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.ImageInspector;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;

/**
 * What a message asks for, as a request, by the protocol of the API: the first call sends the picture; the first
 * refinement sends the result of that, with the mask and a brush; each later one sends the session in place of the
 * picture.
 */
final class EraseInput implements AutoCloseable {

    private final List<Payload> payloads = new ArrayList<>();
    private final Exchange exchange;
    private final Message message;
    private final Payload.Factory factory;

    private EraseInput(Exchange exchange, Payload.Factory factory) {
        this.exchange = exchange;
        this.message = exchange.getMessage();
        this.factory = factory;
    }

    /**
     * Reads a message and makes sure that what it has can be sent.
     *
     * @param optionBrush the brush of the endpoint, or {@code null}
     */
    static Request read(
            Exchange exchange, DewatermarkConfiguration configuration, Content optionBrush, TempFolder folder) {
        EraseInput input = new EraseInput(exchange, new Payload.Factory("erase", folder));
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
     * @param refinement how many refinements the picture has had with this one
     * @param name       what to call the picture
     * @param original   whose metadata the result gets; {@code null}: it gets none
     */
    record Request(EraseRequest call, int refinement, String name, Content original, EraseInput input) {

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
        Content image = null;
        if (!bySession) {
            image = add(factory.body(exchange));
            ImageInspector.requireJpeg(image, refines ? ImageInspector.MAX_REFINED_SIDE : ImageInspector.MAX_SIDE);
        }
        return new Request(
                new EraseRequest(
                        image, bySession ? session : null, base, brush, settings.removeText(), settings.predictMode()),
                refines ? (refinements == null ? 0 : refinements) + 1 : 0,
                image == null ? message.getHeader(Exchange.FILE_NAME, "the body", String.class) : image.name(),
                settings.preserveMetadata() ? image == null ? previousResult() : image : null,
                this);
    }

    /** What a session is of, where it is still there. */
    private Content previousResult() {
        return message.getBody() instanceof SpooledBody body ? body.content() : null;
    }

    private Integer refinements() {
        try {
            return message.getHeader(DewatermarkConstants.REFINEMENT, Integer.class);
        } catch (TypeConversionException e) {
            throw new DewatermarkInputException(
                    "erase",
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
