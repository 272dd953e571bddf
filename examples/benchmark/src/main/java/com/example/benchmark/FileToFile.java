package com.example.benchmark;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** A watched folder. */
final class FileToFile implements Contender {

    private final WatchedFolder folder;

    /** @param step between the folders, {@code null}: nothing */
    FileToFile(String baseUrl, String step, Path folder) throws Exception {
        this.folder = new WatchedFolder(baseUrl, step, folder);
    }

    @Override
    public void prepare(Task task) throws Exception {
        folder.fill(task);
    }

    @Override
    public void run(Task task) throws Exception {
        folder.empty(task);
    }

    @Override
    public Outcome outcome(Task task) throws Exception {
        List<Path> results = folder.results(task);
        long bytes = 0;
        for (Path result : results) {
            bytes += Files.size(result);
        }
        byte[] one = Files.readAllBytes(results.get(0));
        WatchedFolder.delete(results);
        return new Outcome(bytes, one);
    }

    @Override
    public void close() {
        folder.close();
    }
}
