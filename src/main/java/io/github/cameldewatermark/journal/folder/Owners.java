package io.github.cameldewatermark.journal.folder;

import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Who uses a folder. Each user has a file in it that is locked until the process ends, however that happens: so a dead owner is
 * told from a slow one without a clock. Only processes of one machine may use the folder, as locks of other machines can't be
 * relied on.
 */
final class Owners implements AutoCloseable {

    private static final String SUFFIX = ".lock";
    private static final Pattern ID = Pattern.compile("[\\w.-]+~[\\w.-]+~[\\w.-]+");

    private final Path folder;
    private final String process;
    private final String me;
    private final FileChannel channel;

    /**
     * To be called while no other process removes the files of dead owners.
     *
     * @param  machine     the name of this machine, see {@link #machine()}
     * @throws IOException if the file system has no locks, or another machine uses the folder
     */
    Owners(Path folder, String machine) throws IOException {
        this.folder = Files.createDirectories(folder);
        this.process = machine + "~" + processId() + "~";
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
        this.channel = FileChannel.open(file(me), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try {
            channel.lock(); // another process may hold it for a moment, as it looks who is alive
        } catch (IOException e) {
            close();
            throw e;
        }
    }

    String me() {
        return me;
    }

    /** Whether the owner of this id lives, and so may be working. */
    boolean isAlive(String id) throws IOException {
        if (!ID.matcher(id).matches() || !Files.exists(file(id))) {
            return false;
        }
        // of this process: not even to be opened, as closing a file gives back all locks that the process has on it
        return id.startsWith(process) || isLocked(file(id));
    }

    private static boolean isLocked(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        } catch (OverlappingFileLockException e) {
            return true;
        } catch (NoSuchFileException e) {
            return false;
        }
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

    /** Removes the files of dead owners; to be called while no other process makes one, as its file isn't locked at first. */
    void remove(Set<String> dead) throws IOException {
        for (String id : dead) {
            if (!isAlive(id)) {
                Files.deleteIfExists(file(id));
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
        Files.deleteIfExists(file(me));
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

    /** Includes the start time, because the process id alone isn't unique: in a container it is always the same. */
    private static String processId() {
        ProcessHandle current = ProcessHandle.current();
        Instant start = current.info().startInstant().orElse(Instant.EPOCH);
        return current.pid() + "-" + Long.toString(start.toEpochMilli(), Character.MAX_RADIX);
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
