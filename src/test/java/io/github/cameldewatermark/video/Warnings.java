package io.github.cameldewatermark.video;

import io.github.cameldewatermark.LogLines;
import org.apache.logging.log4j.Level;

/** What a class warns of while this is open. */
final class Warnings extends LogLines {

    private Warnings(Class<?> type) {
        super(type.getName(), Level.WARN);
    }

    static Warnings of(Class<?> type) {
        return new Warnings(type);
    }
}
