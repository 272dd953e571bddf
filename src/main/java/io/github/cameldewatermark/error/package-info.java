/** The exceptions. Each says whether something was charged. */
package io.github.cameldewatermark.error;
