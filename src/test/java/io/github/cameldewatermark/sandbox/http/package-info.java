/** The platform over HTTP: what comes in, what goes out, and what is made to go wrong on the way. */
package io.github.cameldewatermark.sandbox.http;
