package io.github.cameldewatermark.image.pixel;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.IIOException;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.ImageInputStreamImpl;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of a picture for a decoder. A decoder that keeps reading past the end is stopped by an exception after a number of
 * attempts: the decoder of WebP would otherwise take minutes for a broken picture of 90 bytes.
 */
final class PictureInput extends ImageInputStreamImpl {

    private static final int MOST_ENDS = 1_000;

    private final InputStream stream;
    private final ImageInputStream source;
    private int ends;

    PictureInput(Content picture) throws IOException {
        this.stream = picture.file() == null ? picture.open() : InputStream.nullInputStream();
        this.source = picture.file() == null
                ? new MemoryCacheImageInputStream(stream)
                : new FileImageInputStream(picture.file().toFile());
    }

    @Override
    public int read() throws IOException {
        int read = positioned().read();
        streamPos += read < 0 ? 0 : 1;
        return counted(read);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = positioned().read(bytes, offset, length);
        streamPos += Math.max(0, read);
        return counted(read);
    }

    private ImageInputStream positioned() throws IOException {
        bitOffset = 0;
        if (source.getStreamPosition() != streamPos) {
            source.seek(streamPos);
        }
        return source;
    }

    private int counted(int read) throws IOException {
        if (read < 0 && ++ends > MOST_ENDS) {
            throw new IIOException("it ends early");
        }
        return read;
    }

    @Override
    public long length() {
        try {
            return source.length();
        } catch (IOException e) {
            return -1;
        }
    }

    @Override
    public void close() throws IOException {
        super.close();
        source.close();
        stream.close();
    }
}
