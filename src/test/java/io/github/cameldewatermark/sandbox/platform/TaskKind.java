package io.github.cameldewatermark.sandbox.platform;

/** What is cleaned in a task. */
public enum TaskKind {
    /** Section "Video Watermark Removal". */
    VIDEO("video", "application/octet-stream", "video/mp4", ".mp4", "dewatermark-videos-sandbox/", "results", ""),

    /** The document doesn't have it; as the vendor describes it since. */
    PDF("PDF", "application/pdf", "application/pdf", ".pdf", "dewatermark-pdfs-sandbox/", "pdf-results", "pdf-");

    private static final String STORAGE = "/storage/";

    private final String noun;
    private final String uploadType;
    private final String resultType;
    private final String ending;
    private final String bucket;
    private final String results;
    private final String folderPrefix;

    TaskKind(
            String noun,
            String uploadType,
            String resultType,
            String ending,
            String bucket,
            String results,
            String folderPrefix) {
        this.noun = noun;
        this.uploadType = uploadType;
        this.resultType = resultType;
        this.ending = ending;
        this.bucket = bucket;
        this.results = STORAGE + "dewatermark-" + results + "-sandbox/";
        this.folderPrefix = folderPrefix;
    }

    /** The content type that is part of an upload URL's signature, for clips in the section "Step 2: Upload Video File". */
    String uploadType() {
        return uploadType;
    }

    /** The content type of a result. */
    public String resultType() {
        return resultType;
    }

    String ending() {
        return ending;
    }

    /** Where the uploads lie, as the path of their URLs. */
    public String uploads() {
        return STORAGE + bucket;
    }

    /** Where the results lie, as the path of their URLs. */
    public String results() {
        return results;
    }

    /** {@code file_path}: "Internal storage path for the video", section "Step 1". */
    public String filePath(Task task) {
        return bucket + task.taskId();
    }

    String uploadPath(Task task) {
        return uploads() + task.taskId();
    }

    String resultPath(Task task) {
        return results() + task.taskId() + ending;
    }

    /** The task whose upload lies at a path. */
    public String taskOfUpload(String path) {
        return path.substring(uploads().length());
    }

    /** The task whose result lies at a path. */
    public String taskOfResult(String path) {
        return path.substring(results().length(), path.length() - ending.length());
    }

    /** The folder of this kind for something that each kind has. */
    String folder(String name) {
        return folderPrefix + name;
    }

    /** The name used in messages. */
    @Override
    public String toString() {
        return noun;
    }
}
