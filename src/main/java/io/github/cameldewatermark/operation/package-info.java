/** The operations: read the message of an exchange, call the API, and return an outcome. No HTTP requests are built here. */
package io.github.cameldewatermark.operation;
