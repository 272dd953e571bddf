/** Decodes pictures and converts them to JPEGs that the API takes. */
package io.github.cameldewatermark.image.pixel;
