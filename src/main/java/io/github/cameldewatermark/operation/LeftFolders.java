package io.github.cameldewatermark.operation;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Deletes the temp folders of processes that were killed. Their parent folder may be writable by attackers, so only real
 * folders that belong to this user are touched, and no symbolic link is followed.
 */
final class LeftFolders {

    private static final Logger LOG = LoggerFactory.getLogger(LeftFolders.class);

    private LeftFolders() {}

    /** Deletes the folders. Failures are logged, not thrown, because they don't affect the caller. */
    static void delete(Path parent) {
        try {
            List<Path> folders = ofOtherProcesses(parent);
            if (!folders.isEmpty()) {
                UserPrincipal me = user(parent);
                for (Path folder : folders) {
                    deleteIfLeft(folder, me);
                }
            }
        } catch (IOException | RuntimeException e) {
            LOG.warn("Temp folders of killed processes in {} could not be looked for: {}", parent, e.toString());
        }
    }

    private static List<Path> ofOtherProcesses(Path parent) throws IOException {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(parent, LockedFolder.PREFIX + "*")) {
            for (Path folder : all) {
                if (!folder.getFileName().toString().startsWith(LockedFolder.OF_THIS_PROCESS)
                        && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    folders.add(folder);
                }
            }
        }
        return folders;
    }

    /** Returns the user of this process as the file system sees it, by the owner of a new file: a user name may mislead. */
    private static UserPrincipal user(Path parent) throws IOException {
        Path probe = Files.createTempFile(parent, null, null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static void deleteIfLeft(Path folder, UserPrincipal me) {
        try {
            if (!Files.getOwner(folder, LinkOption.NOFOLLOW_LINKS).equals(me)) {
                return;
            }
            try (LockedFolder left = LockedFolder.left(folder)) {
                if (left != null) {
                    LOG.info("A process that was killed has left the temp folder {}; it is deleted", folder);
                }
            }
        } catch (IOException e) {
            LOG.debug("The temp folder {} is left alone", folder, e);
        }
    }
}
