/**
 * The long-running task: when to look, looking without a thread that waits, remembering it. To be implemented or set up is
 * {@link io.github.cameldewatermark.video.TaskJournal}; what else is public here, but for what it takes and its two
 * implementations, is for the component and may change. No Camel type is used.
 */
package io.github.cameldewatermark.video;
