/** Applies the refinement of a smaller copy to the full-size picture. */
package io.github.cameldewatermark.image.refine;
