package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Rectangle;
import java.util.ArrayList;
import java.util.List;

/** Cuts a large mask into the parts worth looking at. */
final class Boxes {

    private static final int CELL = 64;

    private Boxes() {}

    /**
     * @param  margin how many pixels to add on each side, where there are any
     * @return        boxes that don't overlap and hold all that is set; two marks in opposite corners get two small boxes
     *                rather than one of the size of the picture
     */
    static List<Rectangle> around(Mask mask, int margin) {
        Mask cells = cells(mask);
        Components components = Components.of(cells);
        Rectangle[] boxes = new Rectangle[components.count()];
        for (int i = 0; i < cells.bits().length; i++) {
            int label = components.labels()[i];
            if (label > 0) {
                Rectangle inCell = bounds(mask, i % cells.width() * CELL, i / cells.width() * CELL);
                boxes[label - 1] = boxes[label - 1] == null ? inCell : boxes[label - 1].union(inCell);
            }
        }
        Rectangle picture = new Rectangle(mask.width(), mask.height());
        List<Rectangle> result = new ArrayList<>();
        for (Rectangle box : boxes) {
            box.grow(margin, margin);
            addMerged(result, box.intersection(picture));
        }
        return result;
    }

    private static Mask cells(Mask mask) {
        Mask cells = Mask.none((mask.width() + CELL - 1) / CELL, (mask.height() + CELL - 1) / CELL);
        for (int y = 0; y < mask.height(); y++) {
            for (int x = 0; x < mask.width(); x++) {
                cells.bits()[y / CELL * cells.width() + x / CELL] |= mask.bits()[y * mask.width() + x];
            }
        }
        return cells;
    }

    /** The bounds of what is set in one cell, in the picture's coordinates. */
    private static Rectangle bounds(Mask mask, int cellLeft, int cellTop) {
        int left = Integer.MAX_VALUE;
        int right = 0;
        int top = Integer.MAX_VALUE;
        int bottom = 0;
        for (int y = cellTop; y < Math.min(cellTop + CELL, mask.height()); y++) {
            for (int x = cellLeft; x < Math.min(cellLeft + CELL, mask.width()); x++) {
                if (mask.bits()[y * mask.width() + x]) {
                    left = Math.min(left, x);
                    right = Math.max(right, x + 1);
                    top = Math.min(top, y);
                    bottom = y + 1;
                }
            }
        }
        return new Rectangle(left, top, right - left, bottom - top);
    }

    /** Adds a box, joined with those it overlaps, with those the joined box overlaps, and so on. */
    private static void addMerged(List<Rectangle> boxes, Rectangle added) {
        Rectangle box = added;
        for (int i = 0; i < boxes.size(); ) {
            if (boxes.get(i).intersects(box)) {
                box = box.union(boxes.remove(i));
                i = 0;
            } else {
                i++;
            }
        }
        boxes.add(box);
    }
}
