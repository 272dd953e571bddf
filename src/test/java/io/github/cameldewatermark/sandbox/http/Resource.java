package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Refusal;
import java.io.IOException;

/** What answers the requests to one path. */
interface Resource {

    /**
     * @throws Refusal the platform won't
     */
    Reply answer(Request request) throws IOException;
}
