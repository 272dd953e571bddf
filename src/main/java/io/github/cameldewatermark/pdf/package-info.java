/** What a PDF is, without looking at its pages. No Camel type is used. */
package io.github.cameldewatermark.pdf;
