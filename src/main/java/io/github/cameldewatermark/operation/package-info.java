/** What one exchange does: the only place that reads or writes an exchange. HTTP is not built here. */
package io.github.cameldewatermark.operation;
