package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Task;
import java.util.Map;

/** A task as the calls for its kind show it. */
interface TaskJson {

    /** What somebody gets who is to upload a file. */
    Map<String, Object> ticket(Task task);

    /** What somebody gets who has submitted it. */
    Map<String, Object> submitted(Task task);

    Map<String, Object> status(Task task);

    static long unixSeconds(long millis) {
        return Math.floorDiv(millis, 1000L);
    }
}
