package com.example;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a hostile server keeps: files under names that no file system takes, such as {@code ../x.jpg} or one with 300 bytes. In
 * the folder behind it each strange name is replaced by its hash, so nothing can get out of it.
 */
final class StrangeFiles {

    private static final Pattern HONEST = Pattern.compile("[A-Za-z0-9_.-]{1,100}");

    private final Path home;
    private final Map<String, String> names = new ConcurrentHashMap<>();
    private final List<String> order = new CopyOnWriteArrayList<>();

    StrangeFiles(Path home) {
        this.home = home;
    }

    Path home() {
        return home;
    }

    /** Stores a file, after those that were stored before it; the folder is an honest one such as {@code in/done}, the name may be anything. */
    void put(String folder, String name, byte[] content) throws IOException {
        Path file = folder(folder).resolve(local(name));
        order.add(file.getFileName().toString());
        Files.write(file, content);
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minusSeconds(60)));
    }

    /** The listed names of the files in a folder, without its folders. */
    List<String> names(String folder) {
        Path local = home.resolve(folder);
        if (!Files.isDirectory(local)) {
            return List.of();
        }
        return children(local).stream()
                .filter(Files::isRegularFile)
                .map(this::listed)
                .toList();
    }

    byte[] bytes(String folder, String name) throws IOException {
        return Files.readAllBytes(home.resolve(folder).resolve(local(name)));
    }

    Path folder(String folder) throws IOException {
        return Files.createDirectories(home.resolve(folder));
    }

    /** The name under which a file or folder is listed. */
    String listed(Path file) {
        return file.equals(home) ? "" : listed(file.getFileName().toString());
    }

    String listed(String local) {
        return names.getOrDefault(local, local);
    }

    /** In the order of the listing; none if there is no such folder. */
    List<Path> children(Path folder) {
        if (!Files.isDirectory(folder)) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.sorted(Comparator.comparing(
                            file -> order.indexOf(file.getFileName().toString())))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What a client means by a path: the file that was listed like this, or else one to which the path leads when {@code ..} and
     * backslashes are taken in any of the usual ways, as a hostile server is glad to give what it can. The folder in which a client
     * believes a file to be is the folder that has listed it.
     */
    Path at(String path) {
        Path exact = exactly(path);
        if (Files.exists(exact)) {
            return exact;
        }
        return find(file -> meansTheSame(path(file), path))
                .or(() -> find(file -> meansTheSame(parent(path(file)), path)).map(Path::getParent))
                .orElse(exact);
    }

    /** The path by which a client knows a file. */
    String path(Path file) {
        return file.equals(home) ? "" : path(file.getParent()) + "/" + listed(file);
    }

    /** As far as the folders exist; all of the rest is one name. */
    private Path exactly(String path) {
        String rest = path.replaceAll("^(\\./|/)+|/+$", "");
        if (rest.isEmpty() || rest.equals(".")) {
            return home;
        }
        Path folder = home;
        for (int end = rest.indexOf('/'); end > 0; end = rest.indexOf('/', end + 1)) {
            Path next = folder.resolve(local(rest.substring(0, end)));
            if (Files.isDirectory(next)) {
                folder = next;
                rest = rest.substring(end + 1);
                end = -1;
            }
        }
        return folder.resolve(local(rest));
    }

    private String local(String name) {
        if (HONEST.matcher(name).matches() && !name.matches("\\.+")) {
            return name;
        }
        String local = "~" + hash(name);
        names.put(local, name);
        return local;
    }

    private Optional<Path> find(Predicate<Path> which) {
        try (Stream<Path> all = Files.walk(home)) {
            return all.filter(Files::isRegularFile).filter(which).findFirst();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String parent(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static boolean meansTheSame(String one, String other) {
        return plain(one.replace('\\', '/')).equals(plain(other.replace('\\', '/')))
                || plain(one.replace("\\", "")).equals(plain(other));
    }

    private static String plain(String path) {
        List<String> plain = new ArrayList<>();
        for (String part : path.split("/")) {
            if (part.equals("..")
                    && !plain.isEmpty()
                    && !plain.get(plain.size() - 1).equals("..")) {
                plain.remove(plain.size() - 1);
            } else if (!part.isEmpty() && !part.equals(".")) {
                plain.add(part);
            }
        }
        return String.join("/", plain);
    }

    private static String hash(String name) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest(name.getBytes(StandardCharsets.UTF_16));
            return HexFormat.of().formatHex(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
