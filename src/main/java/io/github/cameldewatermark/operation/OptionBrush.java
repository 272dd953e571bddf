package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.image.mask.MaskRegion;
import java.io.IOException;
import java.io.InputStream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.ResourceHelper;

/** What an endpoint erases from every picture, by its options. */
final class OptionBrush {

    private static final String REF = "ref:";

    private OptionBrush() {}

    /**
     * The brush of the options, {@code null} without one.
     *
     * @throws IOException it can't be read
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
        // Camel's own resolver of ref: takes text only
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
