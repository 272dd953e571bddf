package com.example.preflight;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.file.FileKind;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A picture or a clip of a {@link MediaFolder}. As a {@link Content} it can be checked by the component's own rules.
 *
 * @param path   where it is
 * @param name   its path from the folder on, with slashes
 * @param length in bytes
 * @param kind   what it is by its name
 */
public record MediaFile(Path path, String name, long length, FileKind kind) implements Content {

    @Override
    public InputStream open() throws IOException {
        return Files.newInputStream(path);
    }
}
