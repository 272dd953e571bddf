/** What routes do with files and keys that come from outside, and their names. Used by routes as beans; nothing else uses it. */
package io.github.cameldewatermark.file;
