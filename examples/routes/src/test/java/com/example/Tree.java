package com.example;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Everything in a folder and below at one moment, to prove what has changed since then, and what hasn't. */
record Tree(Map<String, String> content) {

    static Tree of(Path root) throws IOException {
        Map<String, String> content = new TreeMap<>();
        try (Stream<Path> all = Files.walk(root)) {
            for (Path path : all.toList()) {
                put(content, root, path);
            }
        }
        return new Tree(content);
    }

    private static void put(Map<String, String> content, Path root, Path path) throws IOException {
        try {
            content.put(root.relativize(path).toString(), describe(path));
        } catch (NoSuchFileException e) {
            // moved on meanwhile by the route under test
        }
    }

    /** What appeared (+), vanished (-) or changed (~) until then, except in these folders. */
    List<String> changesTo(Tree later, String... exceptIn) {
        TreeSet<String> paths = new TreeSet<>(content.keySet());
        paths.addAll(later.content.keySet());
        return paths.stream()
                .filter(path ->
                        Stream.of(exceptIn).noneMatch(folder -> path.equals(folder) || path.startsWith(folder + "/")))
                .map(path -> change(content.get(path), later.content.get(path)) + path)
                .filter(change -> !change.startsWith("="))
                .toList();
    }

    private static String change(String before, String after) {
        if (before == null) {
            return "+ ";
        }
        if (after == null) {
            return "- ";
        }
        return before.equals(after) ? "= " : "~ ";
    }

    private static String describe(Path path) throws IOException {
        return Files.isDirectory(path) ? "folder" : describe(Files.readAllBytes(path));
    }

    /** The size and the hash. */
    static String describe(byte[] bytes) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return bytes.length + " " + HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
