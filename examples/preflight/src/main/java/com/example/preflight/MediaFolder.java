package com.example.preflight;

import io.github.cameldewatermark.file.FileKind;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * The pictures and clips of a folder and the folders in it. Preflight and the batch route look at a folder through this
 * class, so that both see the same files.
 *
 * <p>Hidden files and folders (those with a leading dot) are left out, as a file consumer does. A link to a file counts
 * as the file. A link to a folder isn't followed: it may lead in a circle, or to what is in here anyway.
 */
final class MediaFolder {

    private final Path root;

    /** @throws IOException there is no such folder */
    MediaFolder(Path folder) throws IOException {
        this.root = folder.toRealPath();
    }

    /**
     * What was found, sorted by name.
     *
     * @param files       pictures and clips
     * @param unreadable  files and folders that can't be looked at
     * @param folderLinks links to folders, which were not followed
     * @param others      how many files are neither picture nor clip
     */
    record Listing(List<MediaFile> files, List<Reject> unreadable, List<String> folderLinks, int others) {}

    /** Walks all of it, once. What can't be read is part of the result, not an exception. */
    Listing list() {
        Walk walk = new Walk();
        try {
            Files.walkFileTree(root, walk);
        } catch (IOException e) {
            // not thrown by this visitor
            walk.unreadable(root, e);
        }
        walk.files.sort(Comparator.comparing(MediaFile::name));
        walk.unreadable.sort(Comparator.comparing(Reject::name));
        walk.folderLinks.sort(null);
        return new Listing(walk.files, walk.unreadable, walk.folderLinks, walk.others);
    }

    private String nameOf(Path file) {
        String name = root.relativize(file).toString();
        return name.isEmpty()
                ? root.toString()
                : name.replace(root.getFileSystem().getSeparator(), "/");
    }

    private final class Walk extends SimpleFileVisitor<Path> {
        private final List<MediaFile> files = new ArrayList<>();
        private final List<Reject> unreadable = new ArrayList<>();
        private final List<String> folderLinks = new ArrayList<>();
        private int others;

        @Override
        public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
            return isHidden(folder) ? FileVisitResult.SKIP_SUBTREE : FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isHidden(file)) {
                try {
                    add(file, attributes.isSymbolicLink() ? target(file) : attributes);
                } catch (IOException e) {
                    unreadable(file, e);
                }
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFileFailed(Path file, IOException e) {
            if (!isHidden(file)) {
                unreadable(file, e);
            }
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path folder, IOException e) {
            if (e != null) {
                unreadable(folder, e);
            }
            return FileVisitResult.CONTINUE;
        }

        private void add(Path file, BasicFileAttributes attributes) {
            FileKind kind = FileKind.of(file.getFileName().toString());
            if (attributes.isDirectory()) {
                folderLinks.add(nameOf(file));
            } else if (kind != FileKind.PICTURE && kind != FileKind.CLIP) {
                others++;
            } else if (attributes.isRegularFile()) {
                files.add(new MediaFile(file, nameOf(file), attributes.size(), kind));
            } else {
                // a pipe, for example: to open it could take for ever
                unreadable.add(new Reject(nameOf(file), nameOf(file) + " is not a file"));
            }
        }

        private void unreadable(Path path, IOException e) {
            unreadable.add(new Reject(nameOf(path), nameOf(path) + " can't be read (" + e + ")"));
        }

        private boolean isHidden(Path path) {
            return !path.equals(root) && path.getFileName().toString().startsWith(".");
        }

        private static BasicFileAttributes target(Path link) throws IOException {
            return Files.readAttributes(link, BasicFileAttributes.class);
        }
    }
}
