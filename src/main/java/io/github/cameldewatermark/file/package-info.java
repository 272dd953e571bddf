/** What routes do with the names of files and keys that come from outside. Used by routes as beans; nothing else uses it. */
package io.github.cameldewatermark.file;
