/** What is to be erased, by rectangles or by pictures, for pictures of any size. */
package io.github.cameldewatermark.image.mask;
