package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.image.mask.MaskRegion;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** Reads the brush that the options of an endpoint define for every picture. */
final class OptionBrush {

    private static final String REF = "ref:";

    private OptionBrush() {}

    /**
     * Returns the brush of the options {@code maskRegion} or {@code maskBrush}, or {@code null} if neither is set.
     *
     * @throws IOException if the brush can't be read
     */
    static Brush of(CamelContext camelContext, DewatermarkConfiguration configuration) throws IOException {
        if (configuration.getMaskRegion() != null) {
            return Brush.of(MaskRegion.parse(configuration.getMaskRegion()));
        }
        String uri = configuration.getMaskBrush();
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
}
