/** The structures in which pictures and their metadata are stored: segments of a JPEG, directories of a TIFF, Exif data. */
package io.github.cameldewatermark.image.container;
