/** An offline Dewatermark platform, for trying and testing; see the README in this folder. */
package io.github.cameldewatermark.sandbox;
