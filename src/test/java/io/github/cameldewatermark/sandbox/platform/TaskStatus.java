package io.github.cameldewatermark.sandbox.platform;

/** Section "Status Values". Those of a PDF have other names, see {@code TaskJson}. */
public enum TaskStatus {
    CREATED,
    PROCESSING,
    COMPLETED,
    FAILED
}
