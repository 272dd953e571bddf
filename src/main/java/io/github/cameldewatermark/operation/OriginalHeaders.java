package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.PictureInfo;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** What a picture was before it was cleaned, and a name that fits what it is now. */
final class OriginalHeaders {

    private static final String JPEG_NAME = "(?i).*\\.(jpe?g|jpe|jfif)";

    private OriginalHeaders() {}

    static void add(Outcome outcome, Message message, PictureInfo original) {
        outcome.header(DewatermarkConstants.ORIGINAL_FORMAT, original.format().name())
                .header(DewatermarkConstants.ORIGINAL_WIDTH, original.width())
                .header(DewatermarkConstants.ORIGINAL_HEIGHT, original.height());
        if (original.format() != PictureFormat.JPEG) {
            addName(outcome, message, Exchange.FILE_NAME);
            addName(outcome, message, Exchange.FILE_NAME_ONLY);
        }
    }

    /** The extension is added, not replaced: photo.png and photo.webp must not become one file. */
    private static void addName(Outcome outcome, Message message, String header) {
        if (message.getHeader(header) instanceof String name && !name.matches(JPEG_NAME)) {
            outcome.header(header, name + ".jpg");
        }
    }
}
