package io.github.cameldewatermark.image.mask;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.pixel.JpegWriter;
import java.awt.Point;
import java.awt.Rectangle;
import java.awt.image.BufferedImage;
import java.awt.image.DataBufferByte;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.BitSet;
import java.util.Collection;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import javax.imageio.stream.ImageOutputStream;
import javax.imageio.stream.MemoryCacheImageOutputStream;

/** The pixels that are to be erased from a picture of a certain size. Immutable. */
public final class BrushMask {

    /** The relative difference of shapes that is allowed, because sizes are rounded. */
    private static final double TOLERANCE = 0.02;

    private final int width;
    private final BitSet[] rows;

    BrushMask(int width, BitSet[] rows) {
        this.width = width;
        this.rows = rows;
    }

    /** Returns a mask that marks all pixels in the rectangles, which must lie inside the picture. */
    public static BrushMask of(int width, int height, Collection<Rectangle> areas) {
        BitSet[] rows = emptyRows(height);
        for (Rectangle area : areas) {
            for (int y = area.y; y < area.y + area.height; y++) {
                rows[y].set(area.x, area.x + area.width);
            }
        }
        return new BrushMask(width, rows);
    }

    /** Whether two sizes have the same shape, within 2 % or one pixel, so that one may be that of a scaled copy. */
    public static boolean sameShape(int width, int height, int otherWidth, int otherHeight) {
        double expected = (double) width * otherHeight / otherWidth;
        return Math.abs(height - expected) <= Math.max(1, TOLERANCE * expected);
    }

    int width() {
        return width;
    }

    int height() {
        return rows.length;
    }

    boolean isEmpty() {
        return Stream.of(rows).allMatch(BitSet::isEmpty);
    }

    public boolean has(int x, int y) {
        return rows[y].get(x);
    }

    /** Returns the smallest rectangle that contains all marked pixels of an area; empty if there are none. */
    public Rectangle bounds(Rectangle area) {
        Rectangle bounds = new Rectangle();
        for (int y = area.y; y < area.y + area.height; y++) {
            int from = rows[y].nextSetBit(area.x);
            int to = rows[y].previousSetBit(area.x + area.width - 1) + 1;
            if (from >= 0 && from < to) {
                Rectangle run = new Rectangle(from, y, to - from, 1);
                bounds = bounds.isEmpty() ? run : bounds.union(run);
            }
        }
        return bounds;
    }

    /**
     * Returns this mask for the same picture in another size. Every pixel that overlaps a marked one is marked, because the
     * edge of a watermark would remain otherwise.
     */
    BrushMask scaledTo(int newWidth, int newHeight) {
        if (newWidth == width && newHeight == height()) {
            return this;
        }
        BitSet[] scaled = emptyRows(newHeight);
        for (int y = 0; y < height(); y++) {
            int end = ceil(y + 1, newHeight, height());
            for (int newY = (int) ((long) y * newHeight / height()); newY < end; newY++) {
                scaleRow(rows[y], scaled[newY], newWidth);
            }
        }
        return new BrushMask(newWidth, scaled);
    }

    private void scaleRow(BitSet row, BitSet scaled, int newWidth) {
        for (int from = row.nextSetBit(0); from >= 0; ) {
            int to = row.nextClearBit(from);
            scaled.set((int) ((long) from * newWidth / width), ceil(to, newWidth, width));
            from = row.nextSetBit(to);
        }
    }

    private static int ceil(int position, int newSide, int side) {
        return (int) (((long) position * newSide + side - 1) / side);
    }

    /** Returns this mask of a picture as it is stored for the upright picture. */
    BrushMask upright(Orientation orientation) {
        if (orientation == Orientation.UPRIGHT) {
            return this;
        }
        BitSet[] turned = emptyRows(orientation.swapsSides() ? width : height());
        for (int y = 0; y < height(); y++) {
            int storedY = y;
            rows[y].stream().forEach(x -> {
                Point upright = orientation.upright(x, storedY, width, height());
                turned[upright.y].set(upright.x);
            });
        }
        return new BrushMask(orientation.swapsSides() ? height() : width, turned);
    }

    /** Returns this mask without its outermost pixels, except where it touches the border of the picture. */
    public BrushMask eroded() {
        BitSet[] inner = emptyRows(height());
        for (int y = 0; y < height(); y++) {
            BitSet row = rows[y];
            BitSet above = rows[Math.max(0, y - 1)];
            BitSet below = rows[Math.min(height() - 1, y + 1)];
            row.stream()
                    .filter(x -> above.get(x) && below.get(x))
                    .filter(x -> row.get(Math.max(0, x - 1)) && row.get(Math.min(width - 1, x + 1)))
                    .forEach(inner[y]::set);
        }
        return new BrushMask(width, inner);
    }

    /** Returns this mask as a picture, white where marked: as a JPEG, or else as a PNG. */
    Content encoded(PictureFormat format) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ImageOutputStream out = new MemoryCacheImageOutputStream(bytes)) {
            if (format == PictureFormat.JPEG) {
                JpegWriter.write(toImage(), bytes);
            } else {
                ImageIO.write(toImage(), "png", out);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e); // can't happen in memory
        }
        return Content.of("the mask", bytes.toByteArray());
    }

    /** Returns a picture that is white where marked, with 8 bits per pixel, which all readers of masks understand. */
    BufferedImage toImage() {
        BufferedImage image = new BufferedImage(width, height(), BufferedImage.TYPE_BYTE_GRAY);
        byte[] levels = ((DataBufferByte) image.getRaster().getDataBuffer()).getData();
        for (int y = 0; y < height(); y++) {
            int start = y * width;
            rows[y].stream().forEach(x -> levels[start + x] = (byte) 0xFF);
        }
        return image;
    }

    private static BitSet[] emptyRows(int height) {
        return IntStream.range(0, height).mapToObj(y -> new BitSet()).toArray(BitSet[]::new);
    }
}
