/** Decoding pictures, and making them into JPEGs that the API takes. */
package io.github.cameldewatermark.image.pixel;
