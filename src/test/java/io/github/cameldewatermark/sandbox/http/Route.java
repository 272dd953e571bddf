package io.github.cameldewatermark.sandbox.http;

import io.github.cameldewatermark.sandbox.platform.Call;
import java.util.regex.Pattern;

/**
 * A path and what answers there.
 *
 * @param call   {@code null}: none of the API
 * @param method the only method that is allowed; {@code null}: the resource sees to it
 */
record Route(Call call, String method, Pattern path, Resource resource) {

    boolean isAt(String requested) {
        return path.matcher(requested).matches();
    }

    boolean allows(String requested) {
        return method == null || method.equals(requested);
    }
}
