package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Account;
import io.github.cameldewatermark.sandbox.platform.Tasks;

/**
 * {@code POST /api/video/v1/upload}, section "Step 1: Generate Upload URL", and {@code POST /api/pdf/v1/upload}. The body, if there is
 * one, doesn't matter: the samples send none, under a multipart type without a boundary.
 */
record CreateUploadResource(Tasks tasks, TaskJson json) implements AccountResource {

    @Override
    public Reply answer(Request request, Account account) {
        return Reply.json(200, json.ticket(tasks.create(account)));
    }
}
