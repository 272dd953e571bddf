/**
 * What one exchange does: read its message, call the API, and say what becomes of the message. A picture ({@code erase}) and a
 * clip ({@code video}) go down one way each, which {@code EraseOperation} and {@code VideoOperation} show step by step; no step
 * calls back. No HTTP requests are built here.
 */
package io.github.cameldewatermark.operation;
