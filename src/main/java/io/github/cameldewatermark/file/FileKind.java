package io.github.cameldewatermark.file;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.PictureFormat;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.WrappedFile;

/**
 * What a file is by the extension of its name. Kinds that can't be cleaned are among them, too: the
 * endpoints refuse them for nothing, and say what to do.
 */
public enum FileKind {
    PICTURE(
            "jpg jpeg jpe jif jfif pjpeg png apng gif bmp dib tif tiff webp heic heif hif avif jxl jp2 j2k jpf jpx psd svg"),
    CLIP("mp4 m4v mov qt mkv webm avi wmv asf mpg mpeg m2v vob 3gp 3g2 ts mts m2ts flv f4v ogv mxf"),
    PDF("pdf"),
    /** The name has no extension, so it says nothing. */
    NO_EXTENSION(""),
    OTHER;

    private final Set<String> extensions;

    FileKind(String extensions) {
        this.extensions = Set.of(extensions.split(" "));
    }

    FileKind() {
        this.extensions = Set.of();
    }

    public static FileKind of(String name) {
        int dot = name.lastIndexOf('.');
        String extension = dot > name.lastIndexOf('/') ? name.substring(dot + 1) : "";
        String lower = extension.strip().toLowerCase(Locale.ROOT);
        return Stream.of(values())
                .filter(kind -> kind.extensions.contains(lower))
                .findFirst()
                .orElse(OTHER);
    }

    /**
     * For a {@code choice}: whether a message has a clip, by the name in {@code CamelFileName}, or by the first bytes of a local
     * file whose name has no extension. Anything else is for {@code dewatermark:erase}, which says what is wrong with it.
     */
    public static boolean isClip(Exchange exchange) {
        String name = exchange.getMessage().getHeader(Exchange.FILE_NAME, String.class);
        FileKind kind = name == null ? NO_EXTENSION : of(name);
        return kind == CLIP
                || kind == NO_EXTENSION && beginsLikeAClip(exchange.getMessage().getBody());
    }

    private static boolean beginsLikeAClip(Object body) {
        Object file = body instanceof WrappedFile<?> wrapped ? wrapped.getFile() : body;
        try {
            return file instanceof File local && PictureFormat.of(Content.of(local.toPath())) == PictureFormat.CLIP;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
