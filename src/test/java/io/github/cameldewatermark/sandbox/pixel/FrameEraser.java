package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Rectangle;
import java.util.List;
import org.bytedeco.javacv.Frame;

/** Carries out one plan on every frame of a clip, looking only at the pixels around the mark. */
final class FrameEraser {

    /** What is to be seen around the mark for inpainting, in pixels. */
    private static final int SURROUNDINGS = 32;

    private final List<Part> parts;

    FrameEraser(ErasePlan plan) {
        this.parts = Boxes.around(plan.changed(), SURROUNDINGS).stream()
                .map(box -> new Part(box, new Eraser(plan.crop(box))))
                .toList();
    }

    void erase(Frame frame) {
        for (Part part : parts) {
            Raster pixels = FramePixels.read(frame, part.box);
            part.eraser.erase(pixels);
            FramePixels.write(pixels, frame, part.box);
        }
    }

    private record Part(Rectangle box, Eraser eraser) {}
}
