package io.github.cameldewatermark.client;

/**
 * What the server says about a cleaned picture. The picture itself is written to the stream given to
 * {@link DewatermarkClient#erase}.
 *
 * @param sessionId     refers to the picture that the server keeps for a later refinement; may be {@code null}
 * @param imageId       {@code edited_image.image_id}; may be {@code null}
 * @param eventId       {@code event_id}; may be {@code null}
 * @param mask          the picture of what has been erased so far, to be sent as {@code mask_base} with the next
 *                      refinement; {@code null} if there was none
 * @param watermarkMask the mask of all previously erased parts; {@code null} if there was none
 */
public record EraseAnswer(String sessionId, String imageId, String eventId, byte[] mask, byte[] watermarkMask) {}
