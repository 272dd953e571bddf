/**
 * The PDF engine of the sandbox: it removes an overlay from the pages of a PDF without any service.
 * <p>
 * It is a stand-in for trying out and for tests, with limits that a real service doesn't have:
 * <ul>
 * <li>An overlay is a text or an image (or a form) that is drawn the same way, at the same place, on every page, in a part of the
 * content of its own: a saved graphics state, marked content, or a content stream. So a PDF needs at least two pages.</li>
 * <li>A running head or a logo that is the same on every page is drawn like that as well, and goes, too.</li>
 * <li>Overlays that are lines, annotations, or a part of a scanned picture stay.</li>
 * </ul>
 */
package io.github.cameldewatermark.sandbox.pdf;
