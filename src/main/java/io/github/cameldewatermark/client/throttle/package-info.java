/**
 * When a call may be made: the rate that the platform takes, the credits that are left, and waiting without a thread. The public
 * classes are for the component and may change. No Camel type is used.
 */
package io.github.cameldewatermark.client.throttle;
