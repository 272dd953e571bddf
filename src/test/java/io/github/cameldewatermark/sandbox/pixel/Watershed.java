package io.github.cameldewatermark.sandbox.pixel;

import java.util.Arrays;

/**
 * A seeded watershed: the seeds grow over the picture until they meet, over alike neighbours first, so that they meet
 * where the picture changes most.
 */
final class Watershed {

    static final byte UNKNOWN = 0;
    static final byte INSIDE = 1;
    static final byte OUTSIDE = 2;

    private final Raster picture;
    private final byte[] sides;
    private final boolean[] queued;
    /** Pixels to decide, by how much they differ from the decided neighbour they were reached from. */
    private final int[][] queues = new int[256][64];

    private final int[] heads = new int[256];
    private final int[] tails = new int[256];
    /** No queue below this one holds a pixel. */
    private int lowest = 256;

    private Watershed(Raster picture, byte[] sides) {
        this.picture = picture;
        this.sides = sides;
        this.queued = new boolean[sides.length];
    }

    /** @param sides one per pixel, the seeds are those not unknown; afterwards the growth has decided the others */
    static void grow(Raster picture, byte[] sides) {
        Watershed watershed = new Watershed(picture, sides);
        for (int i = 0; i < sides.length; i++) {
            if (sides[i] != UNKNOWN) {
                watershed.queueNeighbours(i);
            }
        }
        watershed.run();
    }

    private void run() {
        while (lowest < queues.length) {
            if (heads[lowest] == tails[lowest]) {
                lowest++;
            } else {
                int i = queues[lowest][heads[lowest]++];
                sides[i] = sideOfNearestNeighbour(i);
                queueNeighbours(i);
            }
        }
    }

    private byte sideOfNearestNeighbour(int i) {
        int nearest = Integer.MAX_VALUE;
        byte side = UNKNOWN;
        for (int direction = 0; direction < 4; direction++) {
            int neighbour = neighbour(i, direction);
            if (sides[neighbour] != UNKNOWN) {
                int distance = Pixels.distance(picture.rgb()[i], picture.rgb()[neighbour]);
                if (distance < nearest) {
                    nearest = distance;
                    side = sides[neighbour];
                }
            }
        }
        return side;
    }

    private void queueNeighbours(int i) {
        for (int direction = 0; direction < 4; direction++) {
            int neighbour = neighbour(i, direction);
            if (sides[neighbour] == UNKNOWN && !queued[neighbour]) {
                queued[neighbour] = true;
                enqueue(neighbour, Pixels.distance(picture.rgb()[i], picture.rgb()[neighbour]));
            }
        }
    }

    private void enqueue(int i, int distance) {
        if (tails[distance] == queues[distance].length) {
            queues[distance] = Arrays.copyOf(queues[distance], 2 * tails[distance]);
        }
        queues[distance][tails[distance]++] = i;
        lowest = Math.min(lowest, distance);
    }

    /** At the picture's border, where there is no neighbour, the pixel itself. */
    private int neighbour(int i, int direction) {
        int width = picture.width();
        return switch (direction) {
            case 0 -> i % width < width - 1 ? i + 1 : i;
            case 1 -> i % width > 0 ? i - 1 : i;
            case 2 -> i + width < sides.length ? i + width : i;
            default -> i >= width ? i - width : i;
        };
    }
}
