package io.github.cameldewatermark.sandbox.platform;

/** The calls of the API. Those of tasks are for clips and, by other paths, for PDFs. */
public enum Call {
    /** {@code POST /api/object_removal/v2/erase_watermark}, section "Remove Watermark"; or a later version, or PRO. */
    ERASE,
    /** {@code POST /api/video/v1/upload}, section "Step 1: Generate Upload URL". */
    CREATE_UPLOAD,
    /** {@code PUT} to the signed upload URL, section "Step 2: Upload Video File". */
    UPLOAD,
    /** {@code POST /api/video/v1/tasks}, section "Step 3: Submit Task". */
    SUBMIT,
    /** {@code GET /api/video/v1/tasks/{task_id}}, section "Step 4: Poll Task Status". */
    STATUS,
    /** {@code GET} of the signed download URL, section "Download Signed URL". */
    DOWNLOAD,
    /** {@code GET /api/creditInfo}, section "Tracking Credit Balance". */
    CREDIT;

    /** Whether the call goes to storage by a signed URL rather than to the API by a key. */
    public boolean isSigned() {
        return this == UPLOAD || this == DOWNLOAD;
    }
}
