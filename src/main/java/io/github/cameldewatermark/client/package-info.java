/**
 * The Dewatermark HTTP API for plain Java: {@link io.github.cameldewatermark.client.DewatermarkClient} with typed, blocking
 * calls, streamed both ways, and the types of their parameters and results. The other public classes are for the component
 * and may change. No Camel type is used.
 */
package io.github.cameldewatermark.client;
