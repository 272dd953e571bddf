package io.github.cameldewatermark.sandbox.http;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Path;

/** What an answer carries; it is written as it is read, never held. */
interface ReplyBody {

    /** Bytes, known beforehand. */
    long length();

    void writeTo(OutputStream out) throws IOException;

    static ReplyBody of(byte[] bytes) {
        return new Bytes(bytes);
    }

    record Bytes(byte[] bytes) implements ReplyBody {

        @Override
        public long length() {
            return bytes.length;
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            out.write(bytes);
        }
    }

    /** A piece of a file. */
    record FilePiece(Path file, long from, long length) implements ReplyBody {

        private static final int CHUNK = 64 * 1024;

        @Override
        public void writeTo(OutputStream out) throws IOException {
            try (FileChannel channel = FileChannel.open(file).position(from);
                    InputStream in = Channels.newInputStream(channel)) {
                byte[] chunk = new byte[CHUNK];
                long left = length;
                while (left > 0) {
                    int read = in.read(chunk, 0, (int) Math.min(chunk.length, left));
                    if (read < 0) {
                        throw new IOException("The file got shorter");
                    }
                    out.write(chunk, 0, read);
                    left -= read;
                }
            }
        }
    }

    /**
     * The beginning of another body.
     *
     * @param length  what is announced
     * @param written what is written of it
     */
    record Beginning(ReplyBody whole, long length, long written) implements ReplyBody {

        @Override
        public void writeTo(OutputStream out) throws IOException {
            whole.writeTo(new OutputStream() {
                private long left = written;

                @Override
                public void write(int b) throws IOException {
                    write(new byte[] {(byte) b}, 0, 1);
                }

                @Override
                public void write(byte[] bytes, int offset, int count) throws IOException {
                    int some = (int) Math.min(left, count);
                    out.write(bytes, offset, some);
                    left -= some;
                }
            });
        }
    }
}
