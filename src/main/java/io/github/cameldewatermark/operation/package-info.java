/**
 * What one exchange does: read its message, call the API, and say what becomes of the message. A picture ({@code erase}) goes down
 * one way, which {@code EraseOperation} shows step by step, and what is cleaned in a task, a clip or a PDF, another, which
 * {@code TaskOperation} shows; no step calls back. No HTTP requests are built here.
 */
package io.github.cameldewatermark.operation;
