/** What one exchange does: reads its message, calls, and says what becomes of the message. HTTP is not built here. */
package io.github.cameldewatermark.operation;
