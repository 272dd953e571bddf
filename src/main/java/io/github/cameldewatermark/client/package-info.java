/**
 * The Dewatermark HTTP API for plain Java: typed, blocking calls, streamed both ways. No Camel type is used here except
 * in the one exception that says it has an HTTP status.
 */
package io.github.cameldewatermark.client;
