package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Rectangle;
import java.util.List;

/**
 * Inpainting: fills holes smoothly from their surroundings (a membrane, the solution of Laplace's equation), coarse to
 * fine. Made for one set of holes, and may be used for many pictures of that size; safe for use by several threads.
 */
final class Inpainter {

    /** How much of the surroundings is taken along, in pixels. */
    private static final int MARGIN = 24;

    private final List<Part> parts;

    /** @param holes what to fill */
    Inpainter(Mask holes) {
        this.parts = Boxes.around(holes, MARGIN).stream()
                .map(box -> new Part(box, FillPyramid.of(holes.crop(box))))
                .toList();
    }

    /** Fills the holes in place. Holes without any surroundings get the mean colour of what is there. */
    void fill(Raster picture) {
        for (Part part : parts) {
            for (int channel = 0; channel < Pixels.CHANNELS; channel++) {
                fill(picture, part, channel);
            }
        }
    }

    private static void fill(Raster picture, Part part, int channel) {
        Rectangle box = part.box;
        int shift = 16 - 8 * channel;
        float[] values = new float[box.width * box.height];
        for (int y = 0; y < box.height; y++) {
            for (int x = 0; x < box.width; x++) {
                int pixel = picture.rgb()[(box.y + y) * picture.width() + box.x + x];
                values[y * box.width + x] = Pixels.channel(pixel, channel);
            }
        }
        part.pyramid.fill(values);
        for (int hole : part.pyramid.holes()) {
            int i = (box.y + hole / box.width) * picture.width() + box.x + hole % box.width;
            picture.rgb()[i] = picture.rgb()[i] & ~(255 << shift) | Pixels.clamp(values[hole]) << shift;
        }
    }

    private record Part(Rectangle box, FillPyramid pyramid) {}
}
