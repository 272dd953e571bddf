package io.github.cameldewatermark.image.pixel;

import io.github.cameldewatermark.image.container.Orientation;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.util.function.Consumer;

/** Builds an upright picture from rows in the order and direction in which they are stored. */
final class UprightPicture implements Consumer<byte[]> {

    private final BufferedImage image;
    private final byte[] bgr;
    private final AffineTransform toUpright;
    private final int length;
    private int y;

    /** Takes the size of the stored picture. */
    UprightPicture(int width, int height, Orientation orientation) {
        boolean swapped = orientation.swapsSides();
        this.image =
                new BufferedImage(swapped ? height : width, swapped ? width : height, BufferedImage.TYPE_3BYTE_BGR);
        this.bgr = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        this.toUpright = orientation.toUpright(width, height);
        this.length = width;
    }

    BufferedImage image() {
        return image;
    }

    @Override
    public void accept(byte[] rgb) {
        int at = index(0, y);
        int step = length == 1 ? 0 : index(1, y) - at;
        for (int i = 0; i < length * 3; i += 3) {
            bgr[at] = rgb[i + 2];
            bgr[at + 1] = rgb[i + 1];
            bgr[at + 2] = rgb[i];
            at += step;
        }
        y++;
    }

    private int index(int storedX, int storedY) {
        Point2D center = toUpright.transform(new Point2D.Double(storedX + 0.5, storedY + 0.5), null);
        return 3 * ((int) center.getY() * image.getWidth() + (int) center.getX());
    }
}
