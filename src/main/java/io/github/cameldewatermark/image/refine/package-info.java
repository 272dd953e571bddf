/** Bringing the refinement of a smaller copy back onto the picture itself. */
package io.github.cameldewatermark.image.refine;
