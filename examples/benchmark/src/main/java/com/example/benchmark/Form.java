package com.example.benchmark;

import java.nio.file.Path;
import org.apache.hc.client5.http.entity.mime.MultipartEntityBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpEntity;

/** The request of the API document, for those who use Apache HttpClient without the component. */
final class Form {

    private Form() {}

    static HttpEntity of(Path picture) {
        return MultipartEntityBuilder.create()
                .addBinaryBody(
                        "original_preview_image",
                        picture.toFile(),
                        ContentType.IMAGE_JPEG,
                        "original_preview_image.jpeg")
                .addTextBody("remove_text", "false")
                .addTextBody("predict_mode", "3.0")
                .build();
    }
}
