package io.github.cameldewatermark.client;

import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/** Encodes an {@link EraseRequest} as {@code multipart/form-data}, with the names of the API document for parts and files. */
final class EraseForm {

    /** Set explicitly, because the builder would add a charset, a parameter that this type doesn't have (RFC 7578). */
    static final ContentType FORM_DATA = ContentType.create("multipart/form-data");

    private EraseForm() {}

    static HttpEntity of(EraseRequest request) {
        MultipartEntityBuilder form = MultipartEntityBuilder.create().setContentType(FORM_DATA);
        if (request.sessionId() != null) {
            form.addTextBody("session_id", request.sessionId(), ContentType.TEXT_PLAIN.withCharset("UTF-8"));
        } else {
            file(
                    form,
                    "original_preview_image",
                    "original_preview_image.jpeg",
                    request.image(),
                    ContentType.IMAGE_JPEG);
        }
        if (request.maskBase() != null) {
            file(form, "mask_base", "mask_base.jpeg", request.maskBase(), ContentType.IMAGE_JPEG);
        }
        addBrush(form, request.maskBrush());
        if (!request.model().pro()) {
            form.addTextBody("remove_text", Boolean.toString(request.removeText()));
            form.addTextBody("predict_mode", request.model().predictMode());
        }
        return form.build();
    }

    /** Adds what to erase, which calls for pictures and clips send in the same part; nothing if it is {@code null}. */
    static void addBrush(MultipartEntityBuilder form, Content maskBrush) {
        if (maskBrush != null) {
            file(form, "mask_brush", "mask_brush.png", maskBrush, ContentType.IMAGE_PNG);
        }
    }

    private static void file(
            MultipartEntityBuilder form, String part, String filename, Content content, ContentType type) {
        form.addPart(part, new ContentPart(content, filename, type));
    }
}
