package io.github.cameldewatermark.client;

/**
 * A picture to clean ({@code POST /api/object_removal/v2/erase_watermark}, section "Remove Watermark"; or a later version).
 *
 * @param image       the picture: a JPEG of at most 6000 px, at most 1920 px together with {@code maskBase};
 *                    {@code null} to continue from {@code sessionId}
 * @param sessionId   refers to the picture that the server keeps, from the answer to an earlier refinement; {@code null} to
 *                    send {@code image}
 * @param maskBase    what has been erased so far: the {@linkplain EraseAnswer#mask() mask} of the previous answer, or
 *                    {@code null}
 * @param maskBrush   what to erase now, a picture of the same shape: white = erase; {@code null} to let the server look for
 *                    the watermark
 * @param removeText  whether text is removed, too; may remove all text of the picture
 * @param model      which model cleans it; PRO takes nothing but {@code image}
 */
public record EraseRequest(
        Content image, String sessionId, Content maskBase, Content maskBrush, boolean removeText, EraseModel model) {

    public EraseRequest {
        if ((image == null) == (sessionId == null)) {
            throw new IllegalArgumentException("either a picture or a session id is required");
        }
        if (model.pro() && (image == null || maskBase != null || maskBrush != null || removeText)) {
            throw new IllegalArgumentException("the PRO model takes nothing but a picture");
        }
    }

    /** Returns the first request for a picture, for which the server looks for the watermark. */
    public static EraseRequest automatic(Content image) {
        return new EraseRequest(image, null, null, null, false, EraseModel.DEFAULT);
    }
}
