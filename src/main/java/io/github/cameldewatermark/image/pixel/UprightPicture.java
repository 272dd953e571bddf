package io.github.cameldewatermark.image.pixel;

import io.github.cameldewatermark.image.container.Orientation;
import java.awt.Point;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.function.Consumer;

/** Builds an upright picture from rows in the order and direction in which they are stored. */
final class UprightPicture implements Consumer<byte[]> {

    private final BufferedImage image;
    private final byte[] bgr;
    private final Orientation orientation;
    private final int width;
    private final int height;
    private int y;

    /** Takes the size of the stored picture. */
    UprightPicture(int width, int height, Orientation orientation) {
        boolean swapped = orientation.swapsSides();
        this.image =
                new BufferedImage(swapped ? height : width, swapped ? width : height, BufferedImage.TYPE_3BYTE_BGR);
        this.bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        this.orientation = orientation;
        this.width = width;
        this.height = height;
    }

    BufferedImage image() {
        return image;
    }

    @Override
    public void accept(byte[] rgb) {
        int at = index(0, y);
        int step = width == 1 ? 0 : index(1, y) - at;
        for (int i = 0; i < width * 3; i += 3) {
            bgr[at] = rgb[i + 2];
            bgr[at + 1] = rgb[i + 1];
            bgr[at + 2] = rgb[i];
            at += step;
        }
        y++;
    }

    private int index(int storedX, int storedY) {
        Point upright = orientation.upright(storedX, storedY, width, height);
        return 3 * (upright.y * image.getWidth() + upright.x);
    }
}
