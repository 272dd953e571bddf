package io.github.cameldewatermark.image.pixel;

import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.header.RefusedPictureException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The decoders: those of the JDK and, if they are on the class path, those of TwelveMonkeys for WebP and CMYK. */
public final class ImageReaders {

    private static final Logger LOG = LoggerFactory.getLogger(ImageReaders.class);
    private static final String JDK = "com.sun.imageio.";
    /** After so many failures loading stops: if the class path itself can't be read, the iterator never ends. */
    private static final int MOST_BROKEN = 100;

    private static final String TWELVE_MONKEYS = "com.twelvemonkeys.imageio.";

    static {
        // ImageIO itself searches only the context class loader of its first user, which may be any class loader
        register(ServiceLoader.load(ImageReaderSpi.class, ImageReaders.class.getClassLoader()).stream()
                .iterator());
    }

    private ImageReaders() {}

    /** Registers the plugins that can be loaded; a broken plugin must not prevent the others from being used. */
    static void register(Iterator<ServiceLoader.Provider<ImageReaderSpi>> plugins) {
        int broken = 0;
        boolean more = true;
        while (more && broken < MOST_BROKEN) {
            try {
                more = plugins.hasNext();
                if (more) {
                    register(plugins.next());
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                broken++;
                LOG.warn("A plugin of ImageIO can't be loaded: {}", e.toString());
            }
        }
    }

    private static void register(ServiceLoader.Provider<ImageReaderSpi> plugin) {
        IIORegistry registry = IIORegistry.getDefaultInstance();
        if (plugin.type().getName().startsWith(TWELVE_MONKEYS)
                && registry.getServiceProviderByClass(plugin.type()) == null) {
            registry.registerServiceProvider(plugin.get());
        }
    }

    /**
     * Returns a reader for a picture; the caller disposes of it.
     *
     * @throws RefusedPictureException if there is none; the message says how to add one
     */
    public static ImageReader of(PictureInfo info) throws IOException {
        ImageReaderSpi provider =
                switch (info.format()) {
                    case JPEG ->
                        info.components() == 4
                                ? plugin("jpeg", info.format(), "in CMYK", "imageio-jpeg")
                                : provider("jpeg", JDK);
                    case WEBP -> plugin("webp", info.format(), "", "imageio-webp");
                    case TIFF -> provider("tiff", JDK);
                    default -> provider(info.format().name().toLowerCase(Locale.ROOT), JDK);
                };
        return provider.createReaderInstance();
    }

    private static ImageReaderSpi plugin(String format, PictureFormat picture, String kind, String artifact)
            throws IOException {
        ImageReaderSpi plugin = provider(format, TWELVE_MONKEYS);
        if (plugin == null) {
            throw new RefusedPictureException("is " + (picture.description() + " " + kind).trim()
                    + ", which needs com.twelvemonkeys.imageio:" + artifact
                    + " on the class path; add it, or convert the picture to a JPEG in RGB before");
        }
        return plugin;
    }

    private static ImageReaderSpi provider(String format, String vendor) {
        Iterator<ImageReaderSpi> all =
                IIORegistry.getDefaultInstance().getServiceProviders(ImageReaderSpi.class, false);
        while (all.hasNext()) {
            ImageReaderSpi provider = all.next();
            if (provider.getClass().getName().startsWith(vendor)
                    && List.of(provider.getFormatNames()).contains(format)) {
                return provider;
            }
        }
        return null;
    }
}
