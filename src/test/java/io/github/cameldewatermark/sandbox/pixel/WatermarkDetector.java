package io.github.cameldewatermark.sandbox.pixel;

import java.awt.Rectangle;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Finds one white semi-transparent mark of a single opacity.
 * <p>
 * Every edge votes for an opacity ({@link EdgeVotes}); the opacity whose votes form the most convincing outline wins
 * ({@link VoteClusters}); from both sides of the outline a {@link Watershed} finds the area covered. The thresholds were
 * tuned on pictures of about 1280 pixels, so larger ones are to be reduced first.
 */
final class WatermarkDetector {

    private static final float FAINTEST = .24f;
    private static final float MOST_OPAQUE = .86f;
    private static final float STEP = .02f;
    private static final float SEARCH_SPREAD = .04f;
    private static final float OUTLINE_SPREAD = .07f;
    private static final double LEAST_PURITY = .15;
    private static final int SHORTEST_OUTLINE = 40;

    private final double leastScore;

    /** @param leastScore the score from which a mark counts as found */
    WatermarkDetector(double leastScore) {
        this.leastScore = leastScore;
    }

    /** @param brush where to look; {@code null}: everywhere, and then only at parts that look like an outline */
    Optional<Watermark> find(Raster picture, Mask brush) {
        int gap = Math.max(6, Math.round(picture.width() / 1280f * 9));
        if (brush == null) {
            return find(picture, null, gap);
        }
        // nothing farther away from the brush has a say, and it is most of the picture
        return Boxes.around(brush, 2 * gap).stream().reduce(Rectangle::union).flatMap(box -> find(
                        picture.crop(box), brush.crop(box), gap)
                .map(found -> found.placedAt(box, picture.width(), picture.height())));
    }

    /** @param gap how far apart the edges of a mark may be, in pixels */
    private Optional<Watermark> find(Raster picture, Mask brush, int gap) {
        EdgeVotes edges = EdgeVotes.of(picture, brush);
        Candidate best = mostConvincing(edges, gap);
        if (best.score < leastScore || best.purity < LEAST_PURITY) {
            return Optional.empty();
        }
        List<AlphaVote> outline = outline(edges, best.alpha, gap, brush != null);
        if (outline.size() < SHORTEST_OUTLINE) {
            return Optional.empty();
        }
        Mask glyphs = glyphs(picture, brush, outline, 3 * gap);
        return Optional.of(new Watermark(median(outline), best.score, glyphs));
    }

    private record Candidate(float alpha, double score, double purity) {}

    private Candidate mostConvincing(EdgeVotes edges, int gap) {
        Candidate best = new Candidate(0, 0, 0);
        int steps = Math.round((MOST_OPAQUE - FAINTEST) / STEP);
        for (int step = 0; step <= steps; step++) {
            float alpha = FAINTEST + step * STEP;
            // no cluster scores more than it has votes
            if (edges.votesNear(alpha, SEARCH_SPREAD) < Math.max(best.score, leastScore)) {
                continue;
            }
            for (VoteClusters.Cluster cluster :
                    VoteClusters.of(edges, alpha, SEARCH_SPREAD, gap).clusters()) {
                if (cluster.score() > best.score) {
                    best = new Candidate(alpha, cluster.score(), cluster.purity());
                }
            }
        }
        return best;
    }

    private static List<AlphaVote> outline(EdgeVotes edges, float alpha, int gap, boolean trustAll) {
        VoteClusters clusters = VoteClusters.of(edges, alpha, OUTLINE_SPREAD, gap);
        return edges.votes().stream()
                .filter(vote -> vote.isWithin(OUTLINE_SPREAD, alpha))
                .filter(vote -> trustAll || clusters.clusterOf(vote).isOutline())
                .toList();
    }

    private static float median(List<AlphaVote> votes) {
        double[] sorted = votes.stream().mapToDouble(AlphaVote::alpha).sorted().toArray();
        return (float) sorted[sorted.length / 2];
    }

    /** @param reach no glyph is farther away from the outline, in pixels */
    private static Mask glyphs(Raster picture, Mask brush, List<AlphaVote> outline, int reach) {
        Mask traced = Mask.none(picture.width(), picture.height());
        outline.forEach(vote -> traced.bits()[vote.at()] = true);
        Mask possible = traced.dilated(reach);
        if (brush != null) {
            possible = possible.and(brush);
        }
        byte[] sides = new byte[traced.bits().length];
        Arrays.fill(sides, Watershed.OUTSIDE);
        for (int i = 0; i < sides.length; i++) {
            if (possible.bits()[i]) {
                sides[i] = Watershed.UNKNOWN;
            }
        }
        // inside wins where strokes are so thin that one edge's outside is the next one's inside
        outline.forEach(vote -> sides[vote.outside()] = Watershed.OUTSIDE);
        outline.forEach(vote -> sides[vote.inside()] = Watershed.INSIDE);
        Watershed.grow(picture, sides);
        Mask glyphs = Mask.none(picture.width(), picture.height());
        for (int i = 0; i < sides.length; i++) {
            glyphs.bits()[i] = sides[i] == Watershed.INSIDE;
        }
        // the watershed ends in the middle of the soft edge
        return glyphs.dilated(1);
    }
}
