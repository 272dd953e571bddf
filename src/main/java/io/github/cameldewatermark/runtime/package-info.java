/** What a started component has: threads, HTTP clients, accounts and journals; and what it needs of Camel for that. */
package io.github.cameldewatermark.runtime;
