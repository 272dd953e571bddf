package com.example;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.camel.health.HealthCheckResultBuilder;
import org.apache.camel.impl.health.AbstractHealthCheck;

/** Not ready while a folder is away, such as one on a share. Camel's file consumer takes that for an empty one. */
final class FolderHealth extends AbstractHealthCheck {

    private final List<Path> folders;

    FolderHealth(List<Path> folders) {
        super("camel", "folders");
        this.folders = folders;
    }

    @Override
    public boolean isLiveness() {
        return false; // a restart wouldn't bring it back
    }

    @Override
    protected void doCall(HealthCheckResultBuilder result, Map<String, Object> options) {
        for (Path folder : folders) {
            if (!folder.toFile().isDirectory() || !folder.toFile().canWrite()) {
                result.down().message(folder + " is away, or can't be written");
                return;
            }
        }
        result.up();
    }
}
