/**
 * Long-running video tasks: submitting them, polling them without a waiting thread, and remembering them beyond the process.
 * {@link io.github.cameldewatermark.video.TaskJournal} may be implemented by applications. It, its two implementations and
 * the types that it uses are public API; the other public classes are for the component and may change. No Camel type is used.
 */
package io.github.cameldewatermark.video;
