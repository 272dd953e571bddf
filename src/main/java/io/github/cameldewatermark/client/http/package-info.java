/**
 * How a call goes over the wire, whichever it is: the rules for HTTP clients, one request with its answer, JSON, signed URLs, and
 * what a failure means for the money.
 */
package io.github.cameldewatermark.client.http;
