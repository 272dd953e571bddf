package com.example.preflight;

/**
 * A file or folder that can't be cleaned.
 *
 * @param name   its path from the folder on
 * @param reason a sentence that begins with the name and says what to do
 */
record Reject(String name, String reason) {}
