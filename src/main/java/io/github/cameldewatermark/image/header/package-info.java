/** Recognises and inspects pictures by their first bytes and their headers; no pixels are decoded. */
package io.github.cameldewatermark.image.header;
