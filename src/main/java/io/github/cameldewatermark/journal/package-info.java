/**
 * What has been paid for, beyond the end of the process, so that it isn't paid for again. Operations know a
 * {@link io.github.cameldewatermark.journal.Journal} and the {@link io.github.cameldewatermark.journal.Claims} on it, not where it
 * is kept. One exchange at a time has the claim on a key, and each step is written before what it is about happens; no Camel type
 * is used.
 */
package io.github.cameldewatermark.journal;
