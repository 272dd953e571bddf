package io.github.cameldewatermark.client;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What calls cost in credits, as the platform reports only the balance.
 *
 * @param picture    a picture
 * @param proPicture a picture that the PRO model cleans
 * @param second     a second of a clip
 * @param tenPages   each ten pages of a PDF, or less
 */
public record Prices(BigDecimal picture, BigDecimal proPicture, BigDecimal second, BigDecimal tenPages) {

    /** The option that has the price of a second. */
    public static final String PER_SECOND = "creditsPerSecond";

    /** The option that has the price of ten pages. */
    public static final String PER_TEN_PAGES = "creditsPerTenPages";

    private static final int PAGES = 10;

    public Prices {
        picture = Price.plain(picture);
        proPicture = Price.plain(proPicture);
        second = Price.plain(second);
        tenPages = Price.plain(tenPages);
    }

    /** Those of the API document and, of what it doesn't have, those of today. */
    public static final Prices DEFAULT =
            new Prices(BigDecimal.ONE, BigDecimal.valueOf(3), new BigDecimal("0.2"), BigDecimal.ONE);

    /** Returns the price of a picture. */
    public Price of(EraseModel model) {
        return model.pro()
                ? Price.of("creditsPerProPicture", BigDecimal.ONE, proPicture)
                : Price.of("creditsPerPicture", BigDecimal.ONE, picture);
    }

    /** Returns the price of a clip that lasts so many seconds. */
    public Price ofClip(double seconds) {
        Price exact = Price.of(PER_SECOND, BigDecimal.valueOf(seconds), second);
        BigDecimal rounded = Price.plain(exact.credits().setScale(3, RoundingMode.HALF_UP));
        return new Price(PER_SECOND, exact.amount(), rounded);
    }

    /** Returns the price of a PDF that has so many pages. */
    public Price ofPdf(int pages) {
        return Price.of(PER_TEN_PAGES, BigDecimal.valueOf((pages + PAGES - 1) / PAGES), tenPages);
    }
}
