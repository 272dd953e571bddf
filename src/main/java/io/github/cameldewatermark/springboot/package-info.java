/** Reads options from Spring's environment. Only Spring Boot loads this package. */
package io.github.cameldewatermark.springboot;
