package io.github.cameldewatermark.body;

import java.lang.ref.Cleaner;

/** Frees what belongs to an object when nobody can reach the object any more. */
final class Unreachable {

    static final Cleaner CLEANER = Cleaner.create();

    private Unreachable() {}
}
