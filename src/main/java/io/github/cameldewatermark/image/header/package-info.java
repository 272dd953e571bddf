/** What a picture is by its first bytes and its header; nothing is decoded. */
package io.github.cameldewatermark.image.header;
