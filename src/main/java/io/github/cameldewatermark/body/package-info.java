/**
 * Payloads that are sent, and results that come back. A result belongs to whoever has its body: it is held in memory or in a temp
 * file until nobody can reach it any more.
 */
package io.github.cameldewatermark.body;
