package io.github.cameldewatermark.operation;

import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.PictureInfo;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** Sets the headers that describe the original picture, and adapts the file name to the format of the result. */
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

    /** Appends .jpg rather than replacing the extension: photo.png and photo.webp must not become the same file. */
    private static void addName(Outcome outcome, Message message, String header) {
        if (message.getHeader(header) instanceof String name && !name.matches(JPEG_NAME)) {
            outcome.header(header, name + ".jpg");
        }
    }
}
