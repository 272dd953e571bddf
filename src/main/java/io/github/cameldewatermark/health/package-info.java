/** Whether calls would be taken; for monitoring. */
package io.github.cameldewatermark.health;
