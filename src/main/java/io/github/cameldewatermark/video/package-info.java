/** The long-running task: when to look at it, and looking at it without a thread that waits, and remembering it. No Camel type here. */
package io.github.cameldewatermark.video;
