package io.github.cameldewatermark.sandbox.platform;

/** Section "Status Values". */
public enum TaskStatus {
    CREATED,
    PROCESSING,
    COMPLETED,
    FAILED
}
