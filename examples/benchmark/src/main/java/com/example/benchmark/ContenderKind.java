package com.example.benchmark;

import java.nio.file.Path;
import java.util.Locale;

/** Who is measured. */
enum ContenderKind {
    FLOOR("floor: raw HTTP client, answer thrown away"),
    COMPONENT_MEMORY("component, to memory"),
    COMPONENT_FILE("component, file to file"),
    FILES("file to file, nothing in between"),
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

    /** Whether the result has the metadata of the original. */
    boolean carriesMetadata() {
        return this == COMPONENT_MEMORY || this == COMPONENT_FILE;
    }

    /** @param folder for its files */
    Contender start(String baseUrl, Path folder) throws Exception {
        return switch (this) {
            case FLOOR -> new Floor(baseUrl);
            case COMPONENT_MEMORY -> new ComponentToMemory(baseUrl);
            case COMPONENT_FILE -> new FileToFile(baseUrl, "dewatermark:erase", folder);
            case FILES -> new FileToFile(baseUrl, null, folder);
            case PLAIN_ROUTE -> new PlainRoute(baseUrl);
            case JDK_CLIENT -> new JdkClient(baseUrl);
            case PYTHON -> throw new IllegalArgumentException("Python has a process of another kind");
        };
    }
}
