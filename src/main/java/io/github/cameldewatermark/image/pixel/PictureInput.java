package io.github.cameldewatermark.image.pixel;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.MalformedPictureException;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import javax.imageio.stream.FileImageInputStream;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * The bytes of a picture for a decoder. A decoder that keeps reading past the end is stopped by an exception after a number of
 * attempts: the decoder of WebP would otherwise take minutes for a broken picture of 90 bytes.
 */
public final class PictureInput {

    private static final int MOST_ENDS = 1_000;

    private int ends;

    private PictureInput() {}

    /** Opens a picture. Closing the returned stream closes everything that was opened. */
    public static ImageInputStream open(Content picture) throws IOException {
        PictureInput input = new PictureInput();
        return picture.file() == null
                ? input.new OfStream(picture.open())
                : input.new OfFile(picture.file().toFile());
    }

    private int count(int read) throws IOException {
        if (read < 0 && ++ends > MOST_ENDS) {
            throw new MalformedPictureException("it ends in the middle");
        }
        return read;
    }

    private final class OfFile extends FileImageInputStream {

        OfFile(File file) throws IOException {
            super(file);
        }

        @Override
        public int read() throws IOException {
            return count(super.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return count(super.read(bytes, offset, length));
        }
    }

    private final class OfStream extends MemoryCacheImageInputStream {

        private final InputStream stream;

        OfStream(InputStream stream) {
            super(stream);
            this.stream = stream;
        }

        @Override
        public int read() throws IOException {
            return count(super.read());
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            return count(super.read(bytes, offset, length));
        }

        @Override
        public void close() throws IOException {
            super.close();
            stream.close();
        }
    }
}
