/** Pictures, their masks and their metadata, each in its folder; what all of them use is in {@code header} and {@code pixel}. */
package io.github.cameldewatermark.image;
