/** Carrying over what a picture says about itself besides its pixels. */
package io.github.cameldewatermark.image.metadata;
