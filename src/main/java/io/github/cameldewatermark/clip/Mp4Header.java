package io.github.cameldewatermark.clip;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.Set;

/**
 * The header of an MP4 or MOV: its boxes (ISO/IEC 14496-12), read from the first to the last that is of interest. Others are
 * skipped, and no box is kept.
 */
final class Mp4Header {

    private static final int BOX = 8;

    /** Boxes that consist of boxes. */
    private static final Set<String> PARENTS = Set.of("moov", "trak", "mdia", "minf", "stbl");

    /** So deep is what is of interest. */
    private static final int DEEPEST = 5;

    /** More than any box of interest has up to the field that is read. */
    private static final int LONGEST_FIELDS = 96;

    private final DataInputStream in;
    private final long length;

    private String container = "MOV"; // the oldest ones have no brand
    private Double seconds;
    private Integer width;
    private Integer height;
    private Double frameRate;
    private boolean upright = true;

    private int boxes;

    // of the current track
    private int shownWidth;
    private int shownHeight;
    private int storedWidth;
    private int storedHeight;
    private boolean turned;
    private long timeScale;
    private long trackDuration;
    private boolean hasPictures;

    Mp4Header(InputStream in, long length) {
        this.in = new DataInputStream(in);
        this.length = length;
    }

    /** @throws EOFException if it ends before its index, without which nobody can play it */
    ClipInfo read() throws IOException {
        if (!readBoxes(length, 0)) {
            throw new EOFException("There is no moov");
        }
        return new ClipInfo(container, seconds, width, height, frameRate, upright);
    }

    /** Reads boxes of so many bytes. Returns whether the index was among them, which ends it. */
    private boolean readBoxes(long size, int depth) throws IOException {
        long left = size;
        while (left >= BOX) {
            long box = Integer.toUnsignedLong(in.readInt());
            String type = new String(in.readNBytes(Integer.BYTES), ISO_8859_1);
            long head = BOX;
            if (box == 1) {
                box = in.readLong();
                head += Long.BYTES;
            } else if (box == 0) {
                box = left; // up to the end
            }
            if (box < head || box > left) {
                if (depth == 0) {
                    throw new EOFException("The box " + type + " ends after the file");
                }
                left -= head;
                break; // nothing more can be read in this one
            }
            if (++boxes > ClipInfo.MOST_PARTS) {
                throw new EOFException("Too many boxes");
            }
            readBox(type, box - head, depth);
            left -= box;
            if (type.equals("moov")) {
                return true;
            }
        }
        in.skipNBytes(left);
        return false;
    }

    private void readBox(String type, long size, int depth) throws IOException {
        if (PARENTS.contains(type) && depth < DEEPEST) {
            if (type.equals("trak")) {
                hasPictures = false;
                timeScale = 0;
                storedWidth = 0;
                storedHeight = 0;
            }
            readBoxes(size, depth + 1);
            return;
        }
        int fields = (int) Math.min(size, LONGEST_FIELDS);
        ByteBuffer box =
                ByteBuffer.allocate(LONGEST_FIELDS).put(in.readNBytes(fields)).rewind();
        switch (type) {
            case "ftyp" -> container = brand(box);
            case "mvhd" -> seconds = seconds(times(box));
            case "tkhd" -> readShownSize(box);
            case "mdhd" -> readTrackTimes(box);
            case "hdlr" -> hasPictures |= box.getInt(8) == 0x76696465; // vide
            case "stsd" -> readStoredSize(box);
            case "stsz" -> readSamples(box);
            default -> {}
        }
        in.skipNBytes(size - fields);
    }

    private static String brand(ByteBuffer box) {
        return box.getInt(0) == 0x71742020 ? "MOV" : "MP4"; // qt
    }

    /** Returns the time scale and the duration of a movie or media header, whose numbers have 64 bits in version 1. */
    private static long[] times(ByteBuffer box) {
        boolean wide = box.get(0) == 1;
        long scale = Integer.toUnsignedLong(box.getInt(wide ? 20 : 12));
        long duration = wide ? box.getLong(24) : Integer.toUnsignedLong(box.getInt(16));
        return new long[] {scale, duration == 0xFFFFFFFFL ? 0 : duration};
    }

    private static Double seconds(long[] times) {
        return times[0] > 0 ? ClipInfo.seconds((double) times[1] / times[0]) : null;
    }

    /** A track header ends with the size in which players show the track, and before that the matrix by which they turn it. */
    private void readShownSize(ByteBuffer box) {
        int matrix = box.get(0) == 1 ? 52 : 40;
        int size = matrix + 9 * Integer.BYTES;
        shownWidth = box.getInt(size) >>> 16;
        shownHeight = box.getInt(size + Integer.BYTES) >>> 16;
        boolean onlyScales = box.getInt(matrix + 4) == 0 && box.getInt(matrix + 12) == 0;
        turned = !onlyScales || box.getInt(matrix) < 0 || box.getInt(matrix + 16) < 0;
    }

    /** The first description of the samples of a track of pictures has the size of the frames. */
    private void readStoredSize(ByteBuffer box) {
        storedWidth = Short.toUnsignedInt(box.getShort(40));
        storedHeight = Short.toUnsignedInt(box.getShort(42));
    }

    private static Integer known(int side) {
        return side > 0 ? side : null;
    }

    private void readTrackTimes(ByteBuffer box) {
        long[] times = times(box);
        timeScale = times[0];
        trackDuration = times[1];
    }

    /** The number of samples, which are the frames of a track of pictures. The handler of the track comes before. */
    private void readSamples(ByteBuffer box) {
        if (!hasPictures || width != null) {
            return;
        }
        boolean isStored = storedWidth > 0 && storedHeight > 0;
        width = known(isStored ? storedWidth : shownWidth);
        height = known(isStored ? storedHeight : shownHeight);
        upright = !turned && !(isStored && (storedWidth != shownWidth || storedHeight != shownHeight));
        long frames = Integer.toUnsignedLong(box.getInt(8));
        if (frames > 0 && timeScale > 0 && trackDuration > 0) {
            frameRate = (double) frames * timeScale / trackDuration;
        }
    }
}
