package io.github.cameldewatermark.client;

import java.net.URI;

/**
 * A new task and the URL to upload its file to (section "Step 1: Generate Upload URL").
 *
 * @param taskId    the id of the task
 * @param uploadUrl the URL to upload the file to with {@code PUT}; a secret, valid for a limited time
 */
public record UploadTicket(String taskId, URI uploadUrl) {

    @Override
    public String toString() {
        return "UploadTicket[taskId=" + taskId + "]";
    }
}
