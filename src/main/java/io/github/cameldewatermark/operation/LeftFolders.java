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
 * The temp folders of processes that were killed. The folder they are in may be shared with people of ill will, so only a
 * real folder of one's own is touched, and no link is followed.
 */
final class LeftFolders {

    private static final Logger LOG = LoggerFactory.getLogger(LeftFolders.class);

    private LeftFolders() {}

    /** Deletes them. Nothing that goes wrong here matters to the caller. */
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

    /** Who this process is to the file system, which no name says for sure. */
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
