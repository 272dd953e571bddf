package io.github.cameldewatermark.sandbox.platform;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * What calls cost in credits.
 *
 * @param picture    "Each remove watermark image API call is counted as 1 credits", section "Remove Watermark"
 * @param proPicture of the PRO model, which the document doesn't have: 3
 * @param second     "0.2 credits per second", section "Video Watermark Removal / Pricing"
 * @param tenPages   each begun 10 pages of a PDF, which the document doesn't have: 1
 */
public record Prices(BigDecimal picture, BigDecimal proPicture, BigDecimal second, BigDecimal tenPages) {

    public static final Prices OF_THE_DOCUMENT =
            new Prices(BigDecimal.ONE, BigDecimal.valueOf(3), new BigDecimal("0.2"), BigDecimal.ONE);

    private static final int DIGITS = 6;
    private static final int PAGES = 10;

    BigDecimal of(EraseRequest request) {
        return request.model() == EraseRequest.Model.PRO ? proPicture : picture;
    }

    BigDecimal ofClip(double seconds) {
        BigDecimal price = BigDecimal.valueOf(seconds)
                .multiply(second)
                .setScale(DIGITS, RoundingMode.HALF_UP)
                .stripTrailingZeros();
        return price.scale() < 0 ? price.setScale(0) : price;
    }

    BigDecimal ofPdf(int pages) {
        return tenPages.multiply(BigDecimal.valueOf((pages + PAGES - 1) / PAGES));
    }
}
