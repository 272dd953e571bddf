/** The exceptions. Each says what happened to the money. */
package io.github.cameldewatermark.error;
