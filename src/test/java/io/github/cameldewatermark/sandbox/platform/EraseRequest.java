package io.github.cameldewatermark.sandbox.platform;

import java.nio.file.Path;

/**
 * What an erase call brings along, each {@code null} if it isn't there; sections "Remove Watermark / Request body".
 *
 * @param model       the version of the call
 * @param image       {@code original_preview_image}
 * @param sessionId   {@code session_id}
 * @param maskBase    {@code mask_base}
 * @param maskBrush   {@code mask_brush}
 * @param removeText  {@code remove_text}
 * @param predictMode {@code predict_mode}
 */
public record EraseRequest(
        Model model,
        Path image,
        String sessionId,
        Path maskBase,
        Path maskBrush,
        String removeText,
        String predictMode) {

    /** Which call it is. */
    public enum Model {
        V2,
        V3,
        PRO
    }
}
