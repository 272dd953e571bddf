package com.example.preflight;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** What a file is taken for, by its name. Whether it really is that is looked at later. */
public enum MediaKind {
    /** Goes to {@code dewatermark:erase}; what isn't a JPEG is made into one there. */
    PICTURE("jpg", "jpeg", "png", "gif", "bmp", "tif", "tiff", "webp"),
    /** Goes to {@code dewatermark:video}. */
    CLIP("mp4", "m4v", "mov", "mkv", "webm", "avi");

    private final Set<String> extensions;

    MediaKind(String... extensions) {
        this.extensions = Set.of(extensions);
    }

    /** Empty for any other file. */
    static Optional<MediaKind> of(Path file) {
        String name = file.getFileName().toString();
        String extension = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        for (MediaKind kind : values()) {
            if (kind.extensions.contains(extension)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
