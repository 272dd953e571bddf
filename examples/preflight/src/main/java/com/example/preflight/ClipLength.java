package com.example.preflight;

import java.io.EOFException;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * How long a clip is, as the movie header ({@code moov/mvhd}, ISO 14496-12) of an MP4 or MOV file says. Nothing is
 * decoded, and everything but the headers of the boxes is skipped, so it doesn't matter how large the file is.
 */
final class ClipLength {

    private static final int BOX_HEADER = 8;
    private static final int LEAST_MOVIE_HEADER = 32;

    private ClipLength() {}

    /**
     * Seconds, or empty when the file isn't MP4 or MOV, is cut, or doesn't say.
     *
     * @throws IOException it can't be read
     */
    static OptionalDouble of(Path clip) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(clip.toFile(), "r")) {
            Box movie = find(file, "moov", new Box(0, file.length()));
            Box header = movie == null ? null : find(file, "mvhd", movie);
            return header == null ? OptionalDouble.empty() : seconds(file, header);
        } catch (EOFException e) {
            return OptionalDouble.empty();
        }
    }

    /** The content of a box: from where on, and up to where. */
    private record Box(long start, long end) {}

    private static Box find(RandomAccessFile file, String type, Box within) throws IOException {
        byte[] name = new byte[4];
        long at = within.start();
        while (at + BOX_HEADER <= within.end()) {
            file.seek(at);
            long size = Integer.toUnsignedLong(file.readInt());
            file.readFully(name);
            long content = at + BOX_HEADER;
            if (size == 1 && content + Long.BYTES <= within.end()) {
                // the size didn't fit into 32 bits
                size = file.readLong();
                content += Long.BYTES;
            } else if (size == 0) {
                // up to the end
                size = within.end() - at;
            }
            if (size < content - at || size > within.end() - at) {
                return null;
            }
            if (type.equals(new String(name, StandardCharsets.ISO_8859_1))) {
                return new Box(content, at + size);
            }
            at += size;
        }
        return null;
    }

    private static OptionalDouble seconds(RandomAccessFile file, Box header) throws IOException {
        if (header.end() - header.start() < LEAST_MOVIE_HEADER) {
            return OptionalDouble.empty();
        }
        file.seek(header.start());
        boolean wide = file.readInt() >>> 24 == 1;
        // the times of creation and modification
        file.skipBytes(wide ? 16 : 8);
        long scale = Integer.toUnsignedLong(file.readInt());
        long duration = wide ? file.readLong() : Integer.toUnsignedLong(file.readInt());
        boolean unknown = scale == 0 || duration <= 0 || !wide && duration == 0xFFFFFFFFL;
        return unknown ? OptionalDouble.empty() : OptionalDouble.of((double) duration / scale);
    }
}
