/**
 * What the platform does, whoever asks: accounts and their ledger, erasing pictures, tasks for clips and PDFs, signed storage. It
 * knows nothing of HTTP.
 *
 * <p>Each rule names the section of the vendor's API document that it comes from, or says "our reading" where that
 * document leaves the matter open.
 */
package io.github.cameldewatermark.sandbox.platform;
