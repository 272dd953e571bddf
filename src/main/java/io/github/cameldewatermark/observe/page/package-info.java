/** A page for operators: what is under way, the last results and failures, and what they cost. */
package io.github.cameldewatermark.observe.page;
