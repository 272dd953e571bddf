package io.github.cameldewatermark.operation.erase;

import io.github.cameldewatermark.DewatermarkConstants;
import org.apache.camel.Message;

/** What a message is in the protocol of the API. */
enum EraseKind {
    /** The picture is sent, perhaps with a brush. */
    FIRST_CALL(true, false),
    /** The result of an earlier call is sent, with its mask, if it has one, and a brush. */
    REFINES_PICTURE(true, true),
    /** The id of the session is sent in place of the picture, with a brush. The body may be the picture in full size. */
    REFINES_SESSION(false, true),
    /** Only the id of the session is sent. */
    CONTINUES_SESSION(false, false);

    final boolean sendsPicture;
    final boolean refines;

    EraseKind(boolean sendsPicture, boolean refines) {
        this.sendsPicture = sendsPicture;
        this.refines = refines;
    }

    /**
     * @param hasMask     whether the message has the mask of what has been erased so far
     * @param refinements how often the picture has been refined; {@code null} if that isn't known
     */
    static EraseKind of(Message message, boolean hasBrush, boolean hasMask, boolean hasSession, Integer refinements) {
        boolean hasBody = message.getBody() != null;
        if (!hasBrush) {
            return hasSession && !hasBody ? CONTINUES_SESSION : FIRST_CALL;
        }
        if (hasSession && (refinements == null || refinements > 0)) {
            // the platform may have forgotten the session of an earlier call
            boolean isForgotten = hasBody && message.getHeader(DewatermarkConstants.FROM_JOURNAL, false, Boolean.class);
            return isForgotten ? REFINES_PICTURE : REFINES_SESSION;
        }
        return hasMask || hasSession ? REFINES_PICTURE : FIRST_CALL;
    }
}
