/** Shows what a component is doing and has done: the dev console, meters, the table for JMX and the health check. */
package io.github.cameldewatermark.observe;
