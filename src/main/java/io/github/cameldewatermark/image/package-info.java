/** Getting a picture into the form that the API takes. */
package io.github.cameldewatermark.image;
