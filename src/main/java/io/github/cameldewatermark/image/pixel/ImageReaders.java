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

/** The decoders: those of the JDK and, where they are on the class path, TwelveMonkeys' for what it doesn't know. */
public final class ImageReaders {

    private static final Logger LOG = LoggerFactory.getLogger(ImageReaders.class);
    private static final String JDK = "com.sun.imageio.";
    /** There is no end to them where the class path itself can't be read. */
    private static final int MOST_BROKEN = 100;

    private static final String TWELVE_MONKEYS = "com.twelvemonkeys.imageio.";

    static {
        // ImageIO looks only where the context class loader of its first user does, which may be any
        register(ServiceLoader.load(ImageReaderSpi.class, ImageReaders.class.getClassLoader()).stream()
                .iterator());
    }

    private ImageReaders() {}

    /** Others may be broken, and one that can't be loaded must not keep away all that can. */
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
     * A reader of a picture; the caller disposes of it.
     *
     * @throws RefusedPictureException there is none; the message says how to get it
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
