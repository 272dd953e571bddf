/** Defines what is to be erased, by rectangles or by masks, in pictures of any size. */
package io.github.cameldewatermark.image.mask;
