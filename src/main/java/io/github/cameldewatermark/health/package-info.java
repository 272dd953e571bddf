/** The health check: whether the platform would accept calls. */
package io.github.cameldewatermark.health;
