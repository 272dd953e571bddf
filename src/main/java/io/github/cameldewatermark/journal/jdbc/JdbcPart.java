package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.client.Content;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;

/**
 * A part of an answer in a {@link JdbcJournal}. Each piece is read when it is needed, and no connection is kept between them.
 *
 * @param attempt tells it from the same part of an earlier answer
 */
record JdbcPart(Jdbc jdbc, String table, String name, String attempt, String part, long length) implements Content {

    /** How many bytes a piece has, but for the last one. */
    static final int PIECE = 256 * 1024;

    /** @throws IOException if a piece is missing */
    void check() throws IOException {
        String count = "SELECT COUNT(*) FROM " + table + " WHERE ATTEMPT = ? AND PART = ?";
        long pieces =
                jdbc.query(table, row -> row.getLong(1), count, attempt, part).get(0);
        if (pieces != (length + PIECE - 1) / PIECE) {
            throw damaged();
        }
    }

    @Override
    public InputStream open() {
        return new Pieces();
    }

    private byte[] piece(int number, long bytes) throws IOException {
        List<byte[]> found = jdbc.query(
                table,
                row -> row.getBytes(1),
                "SELECT DATA FROM " + table + " WHERE ATTEMPT = ? AND PART = ? AND NUMBER = ?",
                attempt,
                part,
                number);
        if (found.isEmpty() || found.get(0).length != bytes) {
            throw damaged();
        }
        return found.get(0);
    }

    private IOException damaged() {
        return new IOException(name + " isn't in the table " + table + " any more, or not all of it");
    }

    private final class Pieces extends InputStream {

        private byte[] piece = {};
        private int position;
        private int next;
        private long left = length;

        @Override
        public int read() throws IOException {
            return hasMore() ? piece[position++] & 0xff : -1;
        }

        @Override
        public int read(byte[] bytes, int offset, int most) throws IOException {
            if (most == 0) {
                return 0;
            }
            if (!hasMore()) {
                return -1;
            }
            int count = Math.min(most, piece.length - position);
            System.arraycopy(piece, position, bytes, offset, count);
            position += count;
            return count;
        }

        private boolean hasMore() throws IOException {
            if (position == piece.length && left > 0) {
                piece = piece(next++, Math.min(PIECE, left));
                position = 0;
                left -= piece.length;
            }
            return position < piece.length;
        }
    }
}
