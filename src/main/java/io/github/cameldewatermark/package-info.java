/** The Camel component: its endpoints, options and headers, and what a started component has. */
package io.github.cameldewatermark;
