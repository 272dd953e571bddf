package io.github.cameldewatermark.image.container;

import io.github.cameldewatermark.client.Content;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;

/** A JPEG with further segments at a position, up to which it is in the heap when it is read; all else stays byte for byte. */
public record WithSegments(Content jpeg, int position, byte[] segments) implements Content {

    @Override
    public String name() {
        return jpeg.name();
    }

    @Override
    public long length() {
        return jpeg.length() + segments.length;
    }

    @Override
    public boolean isInMemory() {
        return jpeg.isInMemory();
    }

    @Override
    public InputStream open() throws IOException {
        InputStream in = jpeg.open();
        try {
            InputStream head = new ByteArrayInputStream(in.readNBytes(position));
            return new SequenceInputStream(new SequenceInputStream(head, new ByteArrayInputStream(segments)), in);
        } catch (IOException e) {
            in.close();
            throw e;
        }
    }
}
