package io.github.cameldewatermark.file;

/** A folder, here or on a server, in which some bytes are to get a name. */
interface Folder extends AutoCloseable {

    /** Whether nothing has this name, or only the same bytes have it. */
    boolean isFree(String name);

    @Override
    default void close() {}
}
