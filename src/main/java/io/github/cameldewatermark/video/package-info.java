/** The long-running task: when to look, looking without a thread that waits, remembering it. No Camel type here. */
package io.github.cameldewatermark.video;
