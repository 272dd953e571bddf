/**
 * What has been paid for, beyond the end of the process, so that it isn't paid for again:
 * {@link io.github.cameldewatermark.journal.Journal} and its implementations, the claims on what is under way, and the ledger of
 * charges. No Camel type is used.
 */
package io.github.cameldewatermark.journal;
