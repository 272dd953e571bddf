package io.github.cameldewatermark.sandbox;

import io.github.cameldewatermark.sandbox.pdf.OverlayRemover;
import io.github.cameldewatermark.sandbox.pdf.PdfEngine;
import io.github.cameldewatermark.sandbox.pixel.ClipEngine;
import io.github.cameldewatermark.sandbox.pixel.ClipEngines;
import io.github.cameldewatermark.sandbox.pixel.PictureEngine;
import io.github.cameldewatermark.sandbox.pixel.WatermarkRemover;

/** The engines of a sandbox that isn't told others. */
final class DefaultEngines {

    private DefaultEngines() {}

    static PictureEngine pictures() {
        return new WatermarkRemover();
    }

    /** Takes the watermark out. */
    static ClipEngine clips() {
        return ClipEngines.forThisPlatform(6);
    }

    /** Takes the overlay out; {@code null} without the library for that. */
    static PdfEngine pdfs() {
        try {
            // not initialized, as its logging would say so on the console of those who have no PDFs
            Class.forName("org.apache.pdfbox.Loader", false, DefaultEngines.class.getClassLoader());
            return new OverlayRemover();
        } catch (ClassNotFoundException e) {
            return null;
        }
    }

    /** Gives a clip back as it came, where no codec is at hand or wanted. */
    static ClipEngine unchangedClips() {
        return new UnchangedClips();
    }
}
