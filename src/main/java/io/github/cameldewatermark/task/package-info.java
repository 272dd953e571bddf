/**
 * Long-running tasks of the platform: submitting them, and polling them without a waiting thread. The public classes are for the component
 * and may change. No Camel type is used.
 */
package io.github.cameldewatermark.task;
