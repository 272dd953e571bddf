package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.image.mask.MaskRegion;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Message;
import org.apache.camel.support.ResourceHelper;

/** Says what to erase: a message may do so in a header, which overrides the options of the endpoint. */
public final class Brushes {

    private static final String REF = "ref:";

    private final String operation;

    /** {@code null} if the options have none. */
    private final Brush ofOptions;

    /**
     * @throws IOException if the brush of the options can't be read
     */
    public Brushes(String operation, CamelContext camelContext, DewatermarkConfiguration options) throws IOException {
        this.operation = operation;
        this.ofOptions = ofOptions(camelContext, options);
    }

    /**
     * Returns the brush of a message, {@code null} if it is left to the platform what to erase.
     *
     * @param  contents                  returns the content of a header, {@code null} if it isn't set
     * @throws DewatermarkInputException if the headers are no brush
     */
    public Brush of(Message message, Function<String, Content> contents) {
        String region = message.getHeader(DewatermarkConstants.MASK_REGION, String.class);
        boolean hasMask = message.getHeader(DewatermarkConstants.MASK_BRUSH) != null;
        if (region == null) {
            return hasMask ? Brush.of(contents.apply(DewatermarkConstants.MASK_BRUSH)) : ofOptions;
        }
        if (hasMask) {
            throw bad("The headers " + DewatermarkConstants.MASK_BRUSH + " and " + DewatermarkConstants.MASK_REGION
                    + " are both set, and each says what to erase: set only one of them");
        }
        try {
            return MaskRegion.parse(region);
        } catch (IllegalArgumentException e) {
            throw bad("The header " + DewatermarkConstants.MASK_REGION + " is wrong: " + e.getMessage());
        }
    }

    /** Removes the headers: a brush is for one call only. Left in place, it would turn the next call into a refinement. */
    public static Outcome used(Outcome outcome) {
        return outcome.header(DewatermarkConstants.MASK_BRUSH, null).header(DewatermarkConstants.MASK_REGION, null);
    }

    /** Returns the brush of the options {@code maskRegion} or {@code maskBrush}, or {@code null} if neither is set. */
    private static Brush ofOptions(CamelContext camelContext, DewatermarkConfiguration options) throws IOException {
        if (options.getMaskRegion() != null) {
            return MaskRegion.parse(options.getMaskRegion());
        }
        String uri = options.getMaskBrush();
        if (uri == null || uri.isBlank()) {
            return null;
        }
        try (InputStream in = open(camelContext, uri)) {
            return Brush.ofAll(Content.of("the brush of the option maskBrush (" + uri + ")", in.readAllBytes()));
        } catch (IOException e) {
            throw new IOException("The brush of the option maskBrush can't be read: " + e.getMessage(), e);
        }
    }

    private static InputStream open(CamelContext camelContext, String uri) throws IOException {
        if (!uri.startsWith(REF)) {
            return ResourceHelper.resolveMandatoryResourceAsInputStream(camelContext, uri);
        }
        // Camel's own resolver of ref: accepts text only
        Object bean = camelContext.getRegistry().lookupByName(uri.substring(REF.length()));
        InputStream in = camelContext.getTypeConverter().convertTo(InputStream.class, bean);
        if (in == null) {
            throw new IOException(
                    bean == null
                            ? "there is no bean for " + uri
                            : uri + " is a " + bean.getClass().getSimpleName());
        }
        return in;
    }

    private DewatermarkInputException bad(String problem) {
        return new DewatermarkInputException(operation, problem);
    }
}
