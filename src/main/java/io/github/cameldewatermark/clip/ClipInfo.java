package io.github.cameldewatermark.clip;

import java.time.Duration;

/**
 * What the header of a clip says. Everything but the container is {@code null} if it says nothing.
 *
 * @param container MP4, MOV, MKV or WEBM; {@code null} for another one
 * @param seconds   how long it lasts
 * @param width     in pixels, as it is stored
 * @param height    in pixels, as it is stored
 * @param frameRate frames per second, on average
 * @param upright   whether players show the frames as they are stored, neither turned nor stretched
 */
public record ClipInfo(
        String container, Double seconds, Integer width, Integer height, Double frameRate, boolean upright) {

    /** The longest clip that the vendor promises to take. */
    static final Duration LONGEST = Duration.ofMinutes(9);

    /** So many parts are looked at. No header has more; a file may consist of nothing else. */
    static final int MOST_PARTS = 100_000;

    private static final double A_DAY = 86_400;

    public static final ClipInfo UNKNOWN = new ClipInfo(null, null, null, null, null, true);

    /** Returns how long a clip lasts, {@code null} if that makes no sense. */
    static Double seconds(double claimed) {
        return claimed > 0 && claimed <= A_DAY ? claimed : null;
    }

    /** Returns what may keep the platform from taking the clip, {@code null} if nothing is known. */
    public String doubt() {
        if (seconds != null && seconds > LONGEST.toSeconds()) {
            return "it lasts " + Math.round(seconds) + " s, and clips of more than " + LONGEST.toMinutes()
                    + " minutes may be refused";
        }
        return "MP4".equals(container) ? null : "only MP4 is sure to be taken";
    }
}
