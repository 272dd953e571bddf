package io.github.cameldewatermark.journal.folder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who uses a folder. Each user has a {@link LockFile} in it. Only processes of one machine may use the folder, as locks of other
 * machines can't be relied on.
 */
final class Owners implements AutoCloseable {

    private static final String SUFFIX = ".lock";
    private static final Pattern ID = Pattern.compile("[\\w.-]+~[\\w.-]+~[\\w.-]+");

    private final Path folder;
    private final String process;
    private final String me;
    private final LockFile lock;

    /**
     * @param  machine     the name of this machine, see {@link #machine()}
     * @throws IOException if the file system has no locks, or another machine uses the folder
     */
    Owners(Path folder, String machine) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.process = machine + "~" + LockFile.THIS_PROCESS + "~";
        for (String id : ids()) {
            if (!id.startsWith(machine + "~") && isAlive(id)) {
                throw new FileSystemException(
                        folder.toString(),
                        null,
                        "a process on another machine uses it. A folder is for one machine: several need a journal in a"
                                + " database");
            }
        }
        this.me = process + Long.toString(ThreadLocalRandom.current().nextLong(Long.MAX_VALUE), Character.MAX_RADIX);
        this.lock = LockFile.create(file(me));
    }

    String me() {
        return me;
    }

    /** Whether the owner of this id lives, and so may be working. */
    boolean isAlive(String id) throws IOException {
        if (!ID.matcher(id).matches() || !Files.exists(file(id))) {
            return false;
        }
        return id.startsWith(process) || LockFile.isHeld(file(id));
    }

    /** Returns the owners that have died and weren't removed yet. */
    Set<String> dead() throws IOException {
        Set<String> dead = new HashSet<>();
        for (String id : ids()) {
            if (!isAlive(id)) {
                dead.add(id);
            }
        }
        return dead;
    }

    /** Removes the files of dead owners. */
    void remove(Set<String> dead) throws IOException {
        for (String id : dead) {
            if (!isAlive(id)) {
                Files.deleteIfExists(file(id));
            }
        }
    }

    @Override
    public void close() throws IOException {
        lock.close();
    }

    private Set<String> ids() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(SUFFIX))
                    .map(name -> name.substring(0, name.length() - SUFFIX.length()))
                    .collect(Collectors.toSet());
        }
    }

    private Path file(String id) {
        return folder.resolve(id + SUFFIX);
    }

    /** Returns what the containers of a machine have in common, if it has that, as all of them may use the folder. */
    static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).trim();
        } catch (IOException | RuntimeException e) {
            try {
                return InetAddress.getLocalHost().getHostName().replaceAll("[^\\w.-]", "_");
            } catch (UnknownHostException unknown) {
                return "localhost";
            }
        }
    }
}
