package com.example.benchmark;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.CRC32;

/**
 * The other side of the clips, in a process of its own: platform and storage in one. Uploads are thrown away; the result of
 * a task is the very clip that was uploaded, straight from the page cache. It asks for no key and knows no errors.
 */
final class ClipServer {

    private static final String UPLOAD = "POST /api/video/v1/upload";
    private static final String SUBMIT = "POST /api/video/v1/tasks";
    private static final String STATUS = "GET /api/video/v1/tasks/";
    private static final String PUT = "PUT /storage/";
    private static final String DOWNLOAD = "GET /storage/";

    /** What a task that doesn't end will have taken, for its progress. */
    private static final double NANOS_TO_THE_END = 3600e9;

    private final Path clips;
    private final String status;
    private final boolean verified;
    private final long started = System.nanoTime();
    private final AtomicLong tasks = new AtomicLong();
    private final Map<String, Long> sizes = new ConcurrentHashMap<>();

    private ClipServer(Path clips, String status, boolean verified) {
        this.clips = clips;
        this.status = status;
        this.verified = verified;
    }

    /**
     * @param args folder of the clips, the status that every submitted task has, and whether the bytes of uploads are
     *             looked at, which costs time
     */
    public static void main(String[] args) throws IOException {
        Connection.serve(new ClipServer(Path.of(args[0]), args[1], Boolean.parseBoolean(args[2]))::answer);
    }

    private void answer(Connection connection) throws IOException {
        Connection.Request request = connection.nextRequest();
        String call = request.call();
        if (call.startsWith(PUT)) {
            takeClip(connection, call.substring(PUT.length()), request.length());
            return;
        }
        connection.readBody(request.length(), part -> {});
        if (call.startsWith(DOWNLOAD)) {
            giveClip(connection, call.substring(DOWNLOAD.length()));
        } else if (call.equals(UPLOAD)) {
            answer(connection, String.valueOf(tasks.incrementAndGet()), "CREATED");
        } else if (call.equals(SUBMIT)) {
            answer(connection, "as-submitted", "PROCESSING");
        } else if (call.startsWith(STATUS)) {
            answer(connection, call.substring(STATUS.length()), status);
        } else {
            connection.write("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n");
        }
    }

    private void takeClip(Connection connection, String task, long length) throws IOException {
        CRC32 sum = new CRC32();
        connection.readBody(length, verified ? sum::update : part -> {});
        boolean asExpected = !verified || sum.getValue() == Clips.sum(Clips.file(clips, length));
        sizes.put(task, length);
        connection.write("HTTP/1.1 " + (asExpected ? "200 OK" : "400 Other Bytes") + "\r\nContent-Length: 0\r\n\r\n");
    }

    private void giveClip(Connection connection, String task) throws IOException {
        long length = sizes.remove(task);
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: video/mp4\r\nETag: \"clip\"\r\nContent-Length: " + length
                + "\r\n\r\n");
        try (FileChannel clip = FileChannel.open(Clips.file(clips, length))) {
            connection.write(clip);
        }
    }

    private void answer(Connection connection, String task, String statusNow) throws IOException {
        boolean completed = statusNow.equals("COMPLETED");
        double progress = completed ? 1 : (System.nanoTime() - started) / NANOS_TO_THE_END;
        String url = "\"http://127.0.0.1:" + connection.port() + "/storage/" + task + "\"";
        String json = "{\"task_id\": \"" + task + "\", \"status\": \"" + statusNow + "\", \"progress\": " + progress
                + ", \"has_watermark\": true, \"duration\": 60.0, \"created_at\": 1760000000, \"started_at\": 1760000001"
                + ", \"completed_at\": null, \"upload_signed_url\": " + url
                + ", \"download_signed_url\": " + (completed ? url : "null")
                + ", \"file_path\": \"clips/" + task
                + ".mp4\", \"instance_name\": null, \"push_notification_token\": null}";
        connection.write("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + json.length()
                + "\r\n\r\n" + json);
    }
}
