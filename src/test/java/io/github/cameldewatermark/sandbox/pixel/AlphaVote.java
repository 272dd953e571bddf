package io.github.cameldewatermark.sandbox.pixel;

/**
 * What one edge pixel says: if a white overlay ends here, this is how opaque it is.
 *
 * @param at      the edge pixel
 * @param alpha   the overlay's opacity, 0 to 1
 * @param inside  a pixel on the bright side of the edge, under the overlay
 * @param outside a pixel on the other side
 * @param normalX the direction towards the bright side, of length 1 with {@code normalY}
 * @param normalY see {@code normalX}
 */
record AlphaVote(int at, float alpha, int inside, int outside, float normalX, float normalY) {

    boolean isWithin(float distance, float of) {
        return Math.abs(alpha - of) <= distance;
    }
}
