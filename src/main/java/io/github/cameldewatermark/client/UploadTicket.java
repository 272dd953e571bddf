package io.github.cameldewatermark.client;

import java.net.URI;

/**
 * A new video task and where its clip goes (section "Step 1: Generate Upload URL").
 *
 * @param taskId    the id of the task
 * @param uploadUrl where to put the clip; a secret, valid for a limited time
 */
public record UploadTicket(String taskId, URI uploadUrl) {

    @Override
    public String toString() {
        return "UploadTicket[taskId=" + taskId + "]";
    }
}
