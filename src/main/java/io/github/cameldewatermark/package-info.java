/** The Camel component: its endpoints, options and headers. */
package io.github.cameldewatermark;
