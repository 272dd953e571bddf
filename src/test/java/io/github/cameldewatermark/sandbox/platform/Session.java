package io.github.cameldewatermark.sandbox.platform;

/**
 * "The session id, it represents the current image", section "Remove Watermark / Request body".
 *
 * @param sessionId its id
 * @param userId    whose
 * @param imageId   the current picture
 * @param expiresAt when it ends, in milliseconds since 1970
 */
record Session(String sessionId, String userId, String imageId, long expiresAt) {}
