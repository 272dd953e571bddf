package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import io.github.cameldewatermark.sandbox.platform.EraseRequest;
import io.github.cameldewatermark.sandbox.platform.Platform;
import java.io.IOException;

/** {@code POST /api/object_removal/v1/erase_watermark_pro}, which takes a picture and nothing else, and gives no mask. */
record EraseProResource(Platform platform) implements AccountResource {

    @Override
    public Reply answer(Request request, Account account) throws IOException {
        try (MultipartForm form = MultipartForm.read(request, platform.data().spool())) {
            EraseRequest erase = new EraseRequest(
                    EraseRequest.Model.PRO, form.file("original_preview_image"), null, null, null, null, null);
            return Reply.of(
                    200, Reply.JSON, EraseAnswer.withoutMasks(platform.eraser().erase(account, erase)));
        }
    }
}
