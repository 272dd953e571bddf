package com.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Files that an outage comes upon: what they were, and where each of them must be afterwards. */
final class Batch {

    /** JPEG changes a grey a little. */
    private static final int TOLERANCE = 4;

    /** The originals by their names. */
    private final Map<String, byte[]> originals = new TreeMap<>();

    private final Map<String, Integer> greys = new HashMap<>();

    /** Pictures of which none is like another. */
    static Batch ofPictures(int count) throws IOException {
        Batch batch = new Batch();
        for (int i = 0; i < count; i++) {
            String name = "photo-%02d.jpg".formatted(i);
            int grey = 20 + i * 200 / count;
            batch.greys.put(name, grey);
            batch.originals.put(name, Samples.jpeg(grey));
        }
        return batch;
    }

    static Batch ofClips(int count) throws IOException {
        Batch batch = new Batch();
        for (int i = 0; i < count; i++) {
            batch.originals.put("clip-%02d.mp4".formatted(i), Samples.clip(i));
        }
        return batch;
    }

    Map<String, byte[]> originals() {
        return originals;
    }

    int size() {
        return originals.size();
    }

    /** The names of the files in a folder, hidden ones included. */
    static Set<String> names(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return Set.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    Batch dropInto(Path folder) throws IOException {
        drop(folder, originals.keySet());
        return this;
    }

    /** The first ones only. */
    Batch dropFirstInto(Path folder, int count) throws IOException {
        drop(folder, List.copyOf(originals.keySet()).subList(0, count));
        return this;
    }

    /** Those that the first ones left over. */
    void dropOthersInto(Path folder, int count) throws IOException {
        drop(folder, List.copyOf(originals.keySet()).subList(count, size()));
    }

    private void drop(Path folder, Collection<String> names) throws IOException {
        for (String name : names) {
            Samples.drop(folder.resolve(name), originals.get(name));
        }
    }

    /** What is in a folder now, hidden and half-written files included, folders not. */
    static Map<String, byte[]> in(Path folder) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try (Stream<Path> all = Files.list(folder)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    files.put(file.getFileName().toString(), Files.readAllBytes(file));
                }
            }
        }
        return files;
    }

    /** Each file is delivered, or failed with a reason: one of the two, and whole; and there is nothing else. */
    void assertDeliveredOrFailed(Map<String, byte[]> delivered, Map<String, byte[]> failed) throws IOException {
        TreeSet<String> failedNames = new TreeSet<>(failed.keySet());
        failedNames.removeIf(name -> name.endsWith(".txt"));
        assertThat(failedNames).as("failed").noneMatch(delivered::containsKey);
        TreeSet<String> all = new TreeSet<>(delivered.keySet());
        all.addAll(failedNames);
        assertThat(all).isEqualTo(originals.keySet());
        assertThat(failed).hasSize(2 * failedNames.size());
        for (String name : failedNames) {
            assertThat(Arrays.equals(failed.get(name), originals.get(name)))
                    .as(name + " is unchanged")
                    .isTrue();
            assertThat(failed.get(name + ".txt")).as("reason of " + name).isNotEmpty();
        }
        assertClean(delivered);
    }

    /** All originals are there, unchanged, and nothing else. */
    void assertOriginals(Map<String, byte[]> files) {
        assertThat(files.keySet()).isEqualTo(originals.keySet());
        files.forEach((name, content) -> assertThat(Arrays.equals(content, originals.get(name)))
                .as(name + " is unchanged")
                .isTrue());
    }

    /** Each is the whole clean form of its own original. */
    void assertClean(Map<String, byte[]> results) throws IOException {
        for (var result : results.entrySet()) {
            String name = result.getKey();
            if (greys.containsKey(name)) {
                assertClean(name, result.getValue());
            } else {
                // the sandbox of these tests gives clips back as they are
                assertThat(Arrays.equals(result.getValue(), originals.get(name)))
                        .as(name + " is whole")
                        .isTrue();
            }
        }
    }

    private void assertClean(String name, byte[] jpeg) throws IOException {
        assertThat(jpeg[jpeg.length - 1]).as("last byte of " + name).isEqualTo((byte) 0xD9);
        BufferedImage picture = Samples.read(jpeg);
        assertThat(picture).as(name).extracting("width", "height").containsExactly(Samples.WIDTH, Samples.HEIGHT);
        assertThat(Math.abs((picture.getRGB(2, 2) & 0xFF) - greys.get(name)))
                .as("grey of " + name)
                .isLessThanOrEqualTo(TOLERANCE);
    }
}
