package io.github.cameldewatermark.image.pixel;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.image.container.JpegSegments;
import io.github.cameldewatermark.image.container.JpegSegments.Segment;
import io.github.cameldewatermark.image.container.WithSegments;
import io.github.cameldewatermark.image.header.JpegHeader;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.header.Refusal;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import javax.imageio.IIOException;
import javax.imageio.ImageReader;
import javax.imageio.spi.IIORegistry;
import javax.imageio.spi.ImageReaderSpi;
import javax.imageio.spi.ImageReaderWriterSpi;
import javax.imageio.stream.ImageInputStream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The decoders: those of the JDK and, if they are on the class path, those of TwelveMonkeys for WebP and CMYK. */
public final class ImageReaders {

    private static final Logger LOG = LoggerFactory.getLogger(ImageReaders.class);
    static final String JDK = "com.sun.imageio.";
    static final String TWELVE_MONKEYS = "com.twelvemonkeys.imageio.";

    static {
        // ImageIO itself searches only the context class loader of its first user, which may be any class loader
        register(TWELVE_MONKEYS + "plugins.jpeg.JPEGImageReaderSpi");
        register(TWELVE_MONKEYS + "plugins.webp.WebPImageReaderSpi");
    }

    private ImageReaders() {}

    public interface Reading<T> {
        T by(ImageReader reader) throws IOException;
    }

    private static void register(String plugin) {
        IIORegistry registry = IIORegistry.getDefaultInstance();
        try {
            Class<?> provider = Class.forName(plugin);
            if (registry.getServiceProviderByClass(provider) == null) {
                registry.registerServiceProvider(provider.getConstructor().newInstance());
            }
        } catch (ClassNotFoundException e) {
            LOG.debug("{} isn't on the class path", plugin);
        } catch (ReflectiveOperationException | LinkageError e) {
            LOG.warn("The plugin {} of ImageIO can't be loaded", plugin, e);
        }
    }

    /**
     * Decodes a picture, or a part of it. The decoder ignores metadata, as those of a PNG may be compressed and expand to any
     * size.
     *
     * @throws DewatermarkInputException if it can't be decoded, for whatever reason
     */
    public static <T> T read(Content picture, PictureInfo info, Reading<T> reading) {
        ImageReader reader = null;
        List<String> warnings = new ArrayList<>();
        try (ImageInputStream in = new PictureInput(readable(picture, info))) {
            reader = of(picture, info);
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            reader.setInput(in, false, true);
            if (reader.getWidth(0) != info.stored().width || reader.getHeight(0) != info.stored().height) {
                throw new IIOException("its size is not the one in its header");
            }
            T read = reading.by(reader);
            if (!info.wellFormed()) {
                requireWhole(picture, warnings);
            }
            return read;
        } catch (DewatermarkInputException e) {
            throw e;
        } catch (IOException | RuntimeException e) { // decoders throw all kinds of exceptions for broken pictures
            if (e instanceof EOFException || !info.wellFormed()) {
                throw Refusal.cut(picture, info.format(), e);
            }
            throw Refusal.of(
                    picture,
                    "can't be decoded, because it is broken or a rare kind of " + info.format()
                            + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")")
                            + "; save it again first, for example as JPEG",
                    e);
        } catch (OutOfMemoryError e) { // a wrong header may make a decoder allocate any amount
            throw Refusal.of(
                    picture,
                    "needs more heap to be decoded than there is; start Java with a larger -Xmx, or make it smaller first",
                    e);
        } finally {
            if (reader != null) {
                reader.dispose();
            }
        }
    }

    /** A decoder of JPEG fills what is missing with grey, and warns. Bytes that it skipped don't matter. */
    private static void requireWhole(Content picture, List<String> warnings) {
        warnings.removeIf(warning -> warning.contains("extraneous bytes"));
        if (!warnings.isEmpty()) {
            throw Refusal.cut(picture, PictureFormat.JPEG, new IIOException(warnings.get(0)));
        }
    }

    /** Returns the picture as a decoder reads it rightly: a JPEG with its end, and with a segment that says what its colours are. */
    private static Content readable(Content picture, PictureInfo info) throws IOException {
        Content whole = info.wellFormed() ? picture : ended(picture);
        if (info.format() != PictureFormat.JPEG) {
            return whole;
        }
        try (InputStream in = new BufferedInputStream(whole.open())) {
            return JpegHeader.read(in).saysColours()
                    ? whole
                    : new WithSegments(whole, 2, Segment.jfif().bytes());
        }
    }

    /** Returns a JPEG with its end, in front of what was appended to it, so that a decoder warns only if more than that is missing. */
    private static Content ended(Content jpeg) throws IOException {
        int length = Math.toIntExact(JpegHeader.lengthWithoutTrailer(jpeg));
        return new WithSegments(jpeg, length, new byte[] {(byte) 0xFF, (byte) JpegSegments.EOI});
    }

    /**
     * Returns a decoder for a picture; the caller disposes of it.
     *
     * @throws DewatermarkInputException if there is none; the message says how to add one
     */
    public static ImageReader of(Content picture, PictureInfo info) throws IOException {
        ImageReaderSpi provider =
                switch (info.format()) {
                    case JPEG ->
                        info.components() == 4
                                ? plugin("jpeg", picture, info, " in CMYK")
                                : provider(ImageReaderSpi.class, "jpeg", JDK);
                    case WEBP -> webp(picture, info);
                    default ->
                        provider(ImageReaderSpi.class, info.format().name().toLowerCase(Locale.ROOT), JDK);
                };
        return provider.createReaderInstance();
    }

    private static ImageReaderSpi webp(Content picture, PictureInfo info) {
        ImageReaderSpi plugin = plugin("webp", picture, info, "");
        if (!WebpProbe.IS_RIGHT) {
            throw Refusal.of(
                    picture,
                    "is a WebP picture, and com.twelvemonkeys.imageio:imageio-webp on the class path decodes these to wrong"
                            + " colours; use its version 3.15.0 or later, or convert the picture to a JPEG first");
        }
        return plugin;
    }

    private static ImageReaderSpi plugin(String format, Content picture, PictureInfo info, String kind) {
        ImageReaderSpi plugin = provider(ImageReaderSpi.class, format, TWELVE_MONKEYS);
        if (plugin == null) {
            throw Refusal.of(
                    picture,
                    "is " + info.format().description() + kind + ", which needs com.twelvemonkeys.imageio:imageio-"
                            + format + " on the class path; add it, or convert the picture to a JPEG in RGB first");
        }
        return plugin;
    }

    static <T extends ImageReaderWriterSpi> T provider(Class<T> kind, String format, String vendor) {
        Iterator<T> all = IIORegistry.getDefaultInstance().getServiceProviders(kind, false);
        while (all.hasNext()) {
            T provider = all.next();
            if (provider.getClass().getName().startsWith(vendor)
                    && List.of(provider.getFormatNames()).contains(format)) {
                return provider;
            }
        }
        return null;
    }
}
