/**
 * The Dewatermark HTTP API for plain Java: {@link io.github.cameldewatermark.client.DewatermarkClient}, typed, blocking
 * calls, streamed both ways, and what they take and give. What else is public here is for the component, such as when and how
 * often it makes a call, and may change. No Camel type is used.
 */
package io.github.cameldewatermark.client;
