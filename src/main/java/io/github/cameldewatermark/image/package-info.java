/** Pictures, their masks and their metadata, each in a package of its own; all use {@code header} and {@code pixel}. */
package io.github.cameldewatermark.image;
