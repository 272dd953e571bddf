/**
 * The {@linkplain io.github.cameldewatermark.journal.Journal journal} as a folder, for the processes of one machine. What is
 * written is forced to disk under a temporary name and then renamed, so that a reader sees the old file or the new one, and
 * never a part of it. Each process holds a lock of the system as long as it lives, so a dead owner is told from a slow one
 * without a clock.
 */
package io.github.cameldewatermark.journal.folder;
