package io.github.cameldewatermark.sandbox.platform;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.OptionalDouble;

/**
 * How long a clip is, as the movie header ({@code moov/mvhd}) of an MP4 or MOV file says. Only box headers are read and
 * skipped, so it doesn't matter how large the file is.
 */
public final class ClipLength {

    private static final int BOX_HEADER = 8;

    private ClipLength() {}

    /** Seconds, or empty when the file isn't MP4 or MOV or doesn't say. */
    public static OptionalDouble of(Path clip) throws IOException {
        try (RandomAccessFile file = new RandomAccessFile(clip.toFile(), "r")) {
            Box movie = find(file, "moov", 0, file.length());
            Box header = movie == null ? null : find(file, "mvhd", movie.start(), movie.end());
            return header == null ? OptionalDouble.empty() : seconds(file, header);
        }
    }

    private record Box(long start, long end) {}

    private static Box find(RandomAccessFile file, String type, long start, long end) throws IOException {
        byte[] name = new byte[4];
        long at = start;
        while (at + BOX_HEADER <= end) {
            file.seek(at);
            long size = Integer.toUnsignedLong(file.readInt());
            file.readFully(name);
            long content = at + BOX_HEADER;
            if (size == 1 && content + Long.BYTES <= end) {
                // the size didn't fit into 32 bits
                size = file.readLong();
                content += Long.BYTES;
            } else if (size == 0) {
                size = end - at;
            }
            if (size < content - at || size > end - at) {
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
        int wide = 32;
        if (header.end() - header.start() < wide) {
            return OptionalDouble.empty();
        }
        file.seek(header.start());
        boolean longTimes = file.readInt() >>> 24 == 1;
        // creation and modification time stand before the time scale
        file.skipBytes(longTimes ? 16 : 8);
        long scale = Integer.toUnsignedLong(file.readInt());
        long duration = longTimes ? file.readLong() : Integer.toUnsignedLong(file.readInt());
        boolean unknown = scale == 0 || duration <= 0 || !longTimes && duration == 0xFFFFFFFFL;
        return unknown ? OptionalDouble.empty() : OptionalDouble.of((double) duration / scale);
    }
}
