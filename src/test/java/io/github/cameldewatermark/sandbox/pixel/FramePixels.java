package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Rectangle;
import java.nio.ByteBuffer;
import org.bytedeco.javacv.Frame;

/** Copies pixels from and to a decoded frame: three bytes each, blue, green, red. */
final class FramePixels {

    private FramePixels() {}

    static Raster read(Frame frame, Rectangle box) {
        ByteBuffer buffer = (ByteBuffer) frame.image[0];
        byte[] row = new byte[Pixels.CHANNELS * box.width];
        int[] rgb = new int[box.width * box.height];
        for (int y = 0; y < box.height; y++) {
            buffer.get(start(frame, box, y), row);
            for (int x = 0; x < box.width; x++) {
                int at = Pixels.CHANNELS * x;
                rgb[y * box.width + x] = Pixels.pack(row[at + 2] & 255, row[at + 1] & 255, row[at] & 255);
            }
        }
        return new Raster(box.width, box.height, rgb);
    }

    static void write(Raster pixels, Frame frame, Rectangle box) {
        ByteBuffer buffer = (ByteBuffer) frame.image[0];
        byte[] row = new byte[Pixels.CHANNELS * box.width];
        for (int y = 0; y < box.height; y++) {
            for (int x = 0; x < box.width; x++) {
                int pixel = pixels.rgb()[y * box.width + x];
                for (int k = 0; k < Pixels.CHANNELS; k++) {
                    row[Pixels.CHANNELS * x + 2 - k] = (byte) Pixels.channel(pixel, k);
                }
            }
            buffer.put(start(frame, box, y), row);
        }
    }

    private static int start(Frame frame, Rectangle box, int y) {
        return (box.y + y) * frame.imageStride + Pixels.CHANNELS * box.x;
    }
}
