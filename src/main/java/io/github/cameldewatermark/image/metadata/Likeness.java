package io.github.cameldewatermark.image.metadata;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.image.header.Orientation;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.pixel.ImageReaders;
import io.github.cameldewatermark.image.pixel.PictureInput;
import java.awt.Rectangle;
import java.awt.geom.AffineTransform;
import java.awt.geom.Point2D;
import java.awt.image.Raster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;

/** Compares two JPEGs by the brightness of their parts, which is enough to see whether one of them was turned. */
public final class Likeness {

    /** The number of parts on each side. */
    private static final int PARTS = 16;

    /** About how many pixels of the larger side are read. */
    private static final int PIXELS = 512;

    private Likeness() {}

    /**
     * Whether a result resembles the upright original more than the original as it is stored.
     *
     * @throws IOException if one of them can't be read
     */
    public static boolean madeUpright(Content original, Content result) throws IOException {
        double[][] stored = brightness(original);
        double[][] cleaned = brightness(result);
        return distance(upright(stored, Metadata.of(original).orientation()), cleaned) < distance(stored, cleaned);
    }

    private static double[][] upright(double[][] stored, Orientation orientation) {
        AffineTransform toUpright = orientation.toUpright(PARTS, PARTS);
        double[][] upright = new double[PARTS][PARTS];
        for (int y = 0; y < PARTS; y++) {
            for (int x = 0; x < PARTS; x++) {
                Point2D to = toUpright.transform(new Point2D.Double(x + 0.5, y + 0.5), null);
                upright[(int) to.getY()][(int) to.getX()] = stored[y][x];
            }
        }
        return upright;
    }

    private static double distance(double[][] one, double[][] other) {
        double sum = 0;
        for (int y = 0; y < PARTS; y++) {
            for (int x = 0; x < PARTS; x++) {
                sum += Math.abs(one[y][x] - other[y][x]);
            }
        }
        return sum;
    }

    private static double[][] brightness(Content picture) throws IOException {
        Raster samples = samples(picture);
        double[][] brightness = new double[PARTS][PARTS];
        for (int y = 0; y < PARTS; y++) {
            for (int x = 0; x < PARTS; x++) {
                brightness[y][x] = mean(samples, part(samples, x, y));
            }
        }
        return brightness;
    }

    private static Rectangle part(Raster samples, int x, int y) {
        int left = x * samples.getWidth() / PARTS;
        int top = y * samples.getHeight() / PARTS;
        int right = Math.max(left + 1, (x + 1) * samples.getWidth() / PARTS);
        int bottom = Math.max(top + 1, (y + 1) * samples.getHeight() / PARTS);
        return new Rectangle(left, top, right - left, bottom - top);
    }

    /** Returns the mean of the first component, which is the brightness, because raw samples are read. */
    private static double mean(Raster samples, Rectangle part) {
        double sum = 0;
        for (int y = part.y; y < part.y + part.height; y++) {
            for (int x = part.x; x < part.x + part.width; x++) {
                sum += samples.getSample(x, y, 0);
            }
        }
        return sum / (part.width * part.height);
    }

    private static Raster samples(Content picture) throws IOException {
        ImageReader reader = ImageReaders.of(new PictureInfo(PictureFormat.JPEG, 0, 0));
        try (ImageInputStream in = PictureInput.open(picture)) {
            reader.setInput(in, true, true);
            ImageReadParam how = reader.getDefaultReadParam();
            int step = Math.max(1, Math.max(reader.getWidth(0), reader.getHeight(0)) / PIXELS);
            how.setSourceSubsampling(step, step, 0, 0);
            return reader.readRaster(0, how);
        } catch (RuntimeException e) { // the decoder throws them for broken pictures
            throw new IOException(e);
        } finally {
            reader.dispose();
        }
    }
}
