package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import io.github.cameldewatermark.sandbox.platform.EraseRequest;
import io.github.cameldewatermark.sandbox.platform.Platform;
import java.io.IOException;

/** {@code POST /api/object_removal/v2/erase_watermark}, section "Remove Watermark"; or v3, which is the same for another model. */
record EraseResource(Platform platform, EraseRequest.Model model) implements AccountResource {

    @Override
    public Reply answer(Request request, Account account) throws IOException {
        try (MultipartForm form = MultipartForm.read(request, platform.data().spool())) {
            EraseRequest erase = new EraseRequest(
                    model,
                    form.file("original_preview_image"),
                    form.text("session_id"),
                    form.fileOrBase64("mask_base"),
                    form.file("mask_brush"),
                    form.text("remove_text"),
                    form.text("predict_mode"));
            return Reply.of(200, Reply.JSON, EraseAnswer.of(platform.eraser().erase(account, erase)));
        }
    }
}
