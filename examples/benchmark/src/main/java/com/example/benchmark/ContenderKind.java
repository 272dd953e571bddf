package com.example.benchmark;

import java.nio.file.Path;
import java.util.Locale;

/** Who is measured. */
enum ContenderKind {
    FLOOR("floor: raw HTTP client, answer thrown away"),
    COMPONENT_MEMORY("component, to memory"),
    COMPONENT_FILE("component, file to file"),
    COMPONENT_FILE_BARE("component, file to file, no metadata"),
    PLAIN_ROUTE("plain Camel route"),
    JDK_CLIENT("JDK HttpClient and JSON tree"),
    PYTHON("vendor's Python sample");

    private final String title;

    ContenderKind(String title) {
        this.title = title;
    }

    static ContenderKind named(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    String title() {
        return title;
    }

    /** Whether its pictures have no metadata. */
    boolean isBare() {
        return this == COMPONENT_FILE_BARE;
    }

    /** Whether the result has the metadata of the original. */
    boolean carriesMetadata() {
        return this == COMPONENT_MEMORY || this == COMPONENT_FILE;
    }

    /** @param folder for its files */
    Contender start(String baseUrl, Path folder) throws Exception {
        return switch (this) {
            case FLOOR -> new Floor(baseUrl);
            case COMPONENT_MEMORY -> new ComponentToMemory(baseUrl);
            case COMPONENT_FILE, COMPONENT_FILE_BARE -> new ComponentToFile(baseUrl, folder);
            case PLAIN_ROUTE -> new PlainRoute(baseUrl);
            case JDK_CLIENT -> new JdkClient(baseUrl);
            case PYTHON -> throw new IllegalArgumentException("Python has a process of another kind");
        };
    }
}
