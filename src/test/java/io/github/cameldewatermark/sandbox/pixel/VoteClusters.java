package io.github.cameldewatermark.sandbox.pixel;

import java.util.ArrayList;
import java.util.List;

/**
 * The votes near one opacity, gathered by where they are in the picture.
 *
 * @param labels   which cluster a pixel belongs to, 0: none
 * @param clusters by label; the first one stands for "none" and is empty
 */
record VoteClusters(int[] labels, List<Cluster> clusters) {

    /** Votes this close to the opacity speak for it. */
    private static final float AGREES = .04f;

    private static final float NEIGHBOUR_FROM = .06f;
    private static final float NEIGHBOUR_TO = .14f;
    private static final int FEWEST_VOTES = 60;

    /**
     * @param alpha  the opacity
     * @param spread votes at most this far from it are gathered
     * @param gap    how far apart votes may be, in pixels, to belong together
     */
    static VoteClusters of(EdgeVotes all, float alpha, float spread, int gap) {
        Mask edges = all.edges();
        Mask near = Mask.none(edges.width(), edges.height());
        int count = 0;
        for (AlphaVote vote : all.votes()) {
            if (vote.isWithin(spread, alpha)) {
                near.bits()[vote.at()] = true;
                count++;
            }
        }
        if (count < FEWEST_VOTES) {
            return new VoteClusters(new int[edges.bits().length], List.of(new Tally().result()));
        }
        Components components = Components.of(near.dilated(gap));
        Tally[] tallies = new Tally[components.count() + 1];
        for (int i = 0; i < tallies.length; i++) {
            tallies[i] = new Tally();
        }
        int[] labels = components.labels();
        for (int i = 0; i < labels.length; i++) {
            tallies[labels[i]].edges += edges.bits()[i] ? 1 : 0;
        }
        for (AlphaVote vote : all.votes()) {
            tallies[labels[vote.at()]].add(vote, alpha);
        }
        List<Cluster> clusters = new ArrayList<>();
        clusters.add(new Tally().result());
        for (int label = 1; label < tallies.length; label++) {
            clusters.add(tallies[label].result());
        }
        return new VoteClusters(labels, clusters);
    }

    Cluster clusterOf(AlphaVote vote) {
        return clusters.get(labels[vote.at()]);
    }

    /**
     * @param votes     how many votes agree with the opacity
     * @param purity    their share of the edge pixels around them, 0 to 1
     * @param sharpness how much more there are than of a somewhat different opacity, at most 1: texture has them all
     * @param closure   1 when the edges face all ways alike, as a closed outline's do; 0 when all face the same way
     */
    record Cluster(int votes, double purity, double sharpness, double closure) {

        /** Grows with the belief that this is an overlay's outline; it was found by trying, and has no unit. */
        double score() {
            return votes < 40 || sharpness <= 0 ? 0 : votes * purity * sharpness * sharpness * closure * closure;
        }

        boolean isOutline() {
            return votes >= 25 && purity > .22 && sharpness > .4 && closure > .7;
        }
    }

    private static final class Tally {

        private int edges;
        private int agreeing;
        private int below;
        private int above;
        private double sumX;
        private double sumY;

        void add(AlphaVote vote, float alpha) {
            float difference = vote.alpha() - alpha;
            if (Math.abs(difference) <= AGREES) {
                agreeing++;
                sumX += vote.normalX();
                sumY += vote.normalY();
            } else if (difference < -NEIGHBOUR_FROM && difference >= -NEIGHBOUR_TO) {
                below++;
            } else if (difference > NEIGHBOUR_FROM && difference <= NEIGHBOUR_TO) {
                above++;
            }
        }

        Cluster result() {
            if (agreeing == 0) {
                return new Cluster(0, 0, 0, 0);
            }
            return new Cluster(
                    agreeing,
                    (double) agreeing / Math.max(1, edges),
                    (double) (agreeing - Math.max(below, above)) / agreeing,
                    1 - Math.hypot(sumX, sumY) / agreeing);
        }
    }
}
