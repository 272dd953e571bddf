/** What a clip is, by its header: nothing is decoded. */
package io.github.cameldewatermark.clip;
