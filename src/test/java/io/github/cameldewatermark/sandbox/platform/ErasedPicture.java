package io.github.cameldewatermark.sandbox.platform;

import java.nio.file.Path;

/**
 * The outcome of an erase call, section "Remove Watermark / Response".
 *
 * @param picture JPEG
 * @param mask    PNG, white where anything was erased, now or before
 */
public record ErasedPicture(String sessionId, String imageId, String eventId, Path picture, Path mask) {}
