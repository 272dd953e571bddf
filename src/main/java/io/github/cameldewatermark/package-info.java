/** The Camel component: its endpoints, options and headers, and the resources of a started component. */
package io.github.cameldewatermark;
