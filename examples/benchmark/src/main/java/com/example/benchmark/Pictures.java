package com.example.benchmark;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;

/**
 * JPEGs of an exact length: their segments and their end are those of a photo, as far as anybody looks without decoding;
 * their pixels are noise.
 */
final class Pictures {

    private static final int APP1 = 0xE1;
    private static final int WIDTH = 4000;
    private static final int HEIGHT = 3000;
    private static final int MAKER_NOTE = 16 * 1024;

    private Pictures() {}

    /** As a phone writes it, with Exif. */
    static byte[] photo(int length) {
        return jpeg(length, exif(), 1);
    }

    /** What the server gives back for a picture of this length: another one, without metadata. */
    static byte[] result(int length) {
        return jpeg(length, null, 2);
    }

    static boolean hasExif(byte[] jpeg) {
        return exifStart(jpeg) >= 0;
    }

    static byte[] withoutExif(byte[] jpeg) {
        int start = exifStart(jpeg);
        if (start < 0) {
            return jpeg;
        }
        int end = start + 2 + length(jpeg, start);
        byte[] rest = Arrays.copyOf(jpeg, jpeg.length - (end - start));
        System.arraycopy(jpeg, end, rest, start, jpeg.length - end);
        return rest;
    }

    /** Where its segment begins; it is before the frame. */
    private static int exifStart(byte[] jpeg) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) >= 0xE0) {
            if ((jpeg[at + 1] & 0xFF) == APP1) {
                return at;
            }
            at += 2 + length(jpeg, at);
        }
        return -1;
    }

    private static int length(byte[] jpeg, int marker) {
        return ByteBuffer.wrap(jpeg).getChar(marker + 2);
    }

    private static byte[] jpeg(int length, byte[] exif, long seed) {
        ByteArrayOutputStream jpeg = new ByteArrayOutputStream(length);
        jpeg.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD8});
        segment(jpeg, 0xE0, new byte[] {'J', 'F', 'I', 'F', 0, 1, 1, 0, 0, 1, 0, 1, 0, 0});
        if (exif != null) {
            segment(jpeg, APP1, exif);
        }
        segment(jpeg, 0xDB, new byte[65]);
        segment(jpeg, 0xC0, frame());
        segment(jpeg, 0xDA, new byte[] {3, 1, 0, 2, 0, 3, 0, 0, 63, 0});
        byte[] noise = new byte[length - jpeg.size() - 2];
        new Random(seed).nextBytes(noise);
        for (int i = 0; i < noise.length; i++) {
            noise[i] &= 0x7F; // no markers
        }
        jpeg.writeBytes(noise);
        jpeg.writeBytes(new byte[] {(byte) 0xFF, (byte) 0xD9});
        return jpeg.toByteArray();
    }

    private static void segment(ByteArrayOutputStream jpeg, int marker, byte[] payload) {
        ByteBuffer head = ByteBuffer.allocate(4);
        head.putChar((char) (0xFF00 | marker)).putChar((char) (payload.length + 2));
        jpeg.writeBytes(head.array());
        jpeg.writeBytes(payload);
    }

    private static byte[] frame() {
        ByteBuffer frame = ByteBuffer.allocate(15);
        frame.put((byte) 8).putChar((char) HEIGHT).putChar((char) WIDTH).put((byte) 3);
        frame.put(new byte[] {1, 0x22, 0, 2, 0x11, 0, 3, 0x11, 0});
        return frame.array();
    }

    /** A TIFF structure of two directories: who made it, and how; with a note of the maker, which is what takes the room. */
    private static byte[] exif() {
        byte[] maker = "Example Phone\0".getBytes(StandardCharsets.US_ASCII);
        int second = 8 + 2 + 3 * 12 + 4;
        int makerAt = second + 2 + 12 + 4;
        int noteAt = makerAt + maker.length;
        ByteBuffer tiff = ByteBuffer.allocate(6 + noteAt + MAKER_NOTE);
        tiff.put("Exif\0\0".getBytes(StandardCharsets.US_ASCII));
        tiff.put("MM\0*".getBytes(StandardCharsets.US_ASCII)).putInt(8);
        tiff.putShort((short) 3);
        entry(tiff, 0x010F, 2, maker.length, makerAt);
        entry(tiff, 0x0112, 3, 1, 1 << 16);
        entry(tiff, 0x8769, 4, 1, second);
        tiff.putInt(0);
        tiff.putShort((short) 1);
        entry(tiff, 0x927C, 7, MAKER_NOTE, noteAt);
        tiff.putInt(0);
        tiff.put(maker);
        return tiff.array();
    }

    private static void entry(ByteBuffer tiff, int tag, int type, int count, int value) {
        tiff.putShort((short) tag).putShort((short) type).putInt(count).putInt(value);
    }
}
