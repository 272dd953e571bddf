/**
 * The {@linkplain io.github.cameldewatermark.journal.Journal journal} in a database, for nodes on any machines. Each change
 * replaces a row only if it still has the text that was read, and an answer is committed as a whole, with its entry. An owner
 * has a lease in the time of the database, and sends nothing without it.
 */
package io.github.cameldewatermark.journal.jdbc;
