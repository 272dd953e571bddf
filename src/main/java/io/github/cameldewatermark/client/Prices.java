package io.github.cameldewatermark.client;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What calls cost in credits, as the platform reports only the balance.
 *
 * @param picture    a picture
 * @param proPicture a picture that the PRO model cleans
 * @param second     a second of a clip
 */
public record Prices(BigDecimal picture, BigDecimal proPicture, BigDecimal second) {

    /** The option that has the price of a second. */
    public static final String PER_SECOND = "creditsPerSecond";

    /** Whatever the form of the numbers, they are shown as 0.2 and 10. */
    public Prices {
        picture = plain(picture);
        proPicture = plain(proPicture);
        second = plain(second);
    }

    /** Those of the API document, and of the PRO model today. */
    public static final Prices DEFAULT = new Prices(BigDecimal.ONE, BigDecimal.valueOf(3), new BigDecimal("0.2"));

    /** Returns the price of a picture. */
    public BigDecimal of(EraseModel model) {
        return model.pro() ? proPicture : picture;
    }

    /** Returns the option that has the price of a picture. */
    public static String option(EraseModel model) {
        return model.pro() ? "creditsPerProPicture" : "creditsPerPicture";
    }

    /** Returns the price of a task, or {@code null} if the platform doesn't say how long its clip is. */
    public BigDecimal of(VideoTask task) {
        return task.duration() == null ? null : ofClip(task.duration());
    }

    /** Returns the price of a clip that lasts so many seconds. */
    public BigDecimal ofClip(double seconds) {
        return plain(BigDecimal.valueOf(seconds).multiply(second).setScale(3, RoundingMode.HALF_UP));
    }

    private static BigDecimal plain(BigDecimal credits) {
        BigDecimal stripped = credits.stripTrailingZeros();
        return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
    }
}
