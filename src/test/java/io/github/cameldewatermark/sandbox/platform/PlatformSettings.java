package io.github.cameldewatermark.sandbox.platform;

import io.github.cameldewatermark.sandbox.pdf.PdfEngine;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine;
import io.github.cameldewatermark.sandbox.pixel.PictureEngine;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;

/**
 * How a platform behaves.
 *
 * @param creditsByKey        the keys, each with the credits it starts with
 * @param prices              what calls cost
 * @param noCredit            how an account without credit is refused
 * @param tooLittleForPdf     how an account is refused that has some credit, but too little for a PDF
 * @param timing              how long tasks take
 * @param uploadUrlValidity   "valid for limited time", section "Step 1"
 * @param downloadUrlValidity "valid for 2 days from task completion", section "Download Signed URL"
 * @param sessionTimeToLive   how long a session waits for the next refinement
 * @param pictureEngine       cleans pictures
 * @param clipEngine          cleans clips
 * @param pdfEngine           cleans PDFs; {@code null}: there are no calls for them
 * @param clock               what the time is
 */
public record PlatformSettings(
        Map<String, BigDecimal> creditsByKey,
        Prices prices,
        Refusal.Reason noCredit,
        Refusal.Reason tooLittleForPdf,
        TaskTiming timing,
        Duration uploadUrlValidity,
        Duration downloadUrlValidity,
        Duration sessionTimeToLive,
        PictureEngine pictureEngine,
        ClipEngine clipEngine,
        PdfEngine pdfEngine,
        Clock clock) {}
