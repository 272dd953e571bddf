/** Carries the metadata of a picture over to its result. */
package io.github.cameldewatermark.image.metadata;
