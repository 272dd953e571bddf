package io.github.cameldewatermark.sandbox.pixel;

import java.util.Arrays;

/**
 * The connected parts of a mask; pixels are neighbours when they share a side.
 *
 * @param count  the highest label
 * @param labels one per pixel: 1 to {@code count}, 0 where the mask isn't set
 */
record Components(int count, int[] labels) {

    static Components of(Mask mask) {
        int[] labels = new int[mask.bits().length];
        IntStack open = new IntStack();
        int count = 0;
        for (int i = 0; i < labels.length; i++) {
            if (mask.bits()[i] && labels[i] == 0) {
                count++;
                labels[i] = count;
                open.push(i);
                spread(mask, labels, open);
            }
        }
        return new Components(count, labels);
    }

    private static void spread(Mask mask, int[] labels, IntStack open) {
        int width = mask.width();
        while (!open.isEmpty()) {
            int i = open.pop();
            int x = i % width;
            int label = labels[i];
            visit(mask, labels, open, x > 0 ? i - 1 : i, label);
            visit(mask, labels, open, x < width - 1 ? i + 1 : i, label);
            visit(mask, labels, open, i >= width ? i - width : i, label);
            visit(mask, labels, open, i + width < labels.length ? i + width : i, label);
        }
    }

    private static void visit(Mask mask, int[] labels, IntStack open, int i, int label) {
        if (mask.bits()[i] && labels[i] == 0) {
            labels[i] = label;
            open.push(i);
        }
    }

    /** A stack without boxing. */
    private static final class IntStack {

        private int[] values = new int[1024];
        private int size;

        void push(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        int pop() {
            return values[--size];
        }

        boolean isEmpty() {
            return size == 0;
        }
    }
}
