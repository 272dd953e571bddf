package io.github.cameldewatermark;

import io.github.cameldewatermark.error.DewatermarkOptionException;
import java.util.Arrays;
import java.util.stream.Collectors;

/** What an endpoint does: the path of its URI. The names are lower case because they are used in URIs. */
public enum DewatermarkOperation {
    /** Cleans a picture. */
    erase,
    /** Cleans a clip. */
    video,
    /** Cleans a PDF. */
    pdf,
    /** Looks up the balance. */
    credit;

    /**
     * @throws DewatermarkOptionException if there is no operation of this name
     */
    static DewatermarkOperation of(String name) {
        return Arrays.stream(values())
                .filter(operation -> operation.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new DewatermarkOptionException(
                        null,
                        "Unknown operation '" + name
                                + "': a dewatermark endpoint is one of "
                                + Arrays.stream(values())
                                        .map(o -> "dewatermark:" + o)
                                        .collect(Collectors.joining(", "))));
    }
}
