/** For applications with Spring Boot, which alone loads it: options from Spring's environment. */
package io.github.cameldewatermark.springboot;
