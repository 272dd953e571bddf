package io.github.cameldewatermark.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.error.DewatermarkStorageException;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.testkit.SmallDisk;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.UserPrincipal;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** What is deleted of the temp folders of killed processes, and what is nobody's business. */
class TempFolderTest {

    @TempDir
    Path parent;

    private TempFolder folder;

    @AfterEach
    void tearDown() {
        if (folder != null) {
            folder.close();
        }
    }

    private void sweep() {
        folder = new TempFolder(parent);
        folder.sweep();
    }

    /** As a process leaves it. */
    private Path left(String name) throws IOException {
        Path left = Files.createDirectory(parent.resolve(name));
        Files.createFile(left.resolve(TempFolder.LOCK));
        Files.writeString(left.resolve("spool-1.tmp"), "half a clip");
        return left;
    }

    @Test
    void aFolderWhoseLockNobodyHoldsIsDeleted() throws Exception {
        Path left = left("camel-dewatermark-1-abc-123");
        Path other = left("camel-dewatermark-2-abc-123");

        sweep();

        assertThat(left).doesNotExist();
        assertThat(other).doesNotExist();
        folder.close();
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aFolderOfThisProcessIsLeftAlone() throws Exception {
        try (TempFolder alive = new TempFolder(parent)) {
            Path file = alive.newFile().path();
            assertThat(file.getParent().getFileName().toString())
                    .startsWith("camel-dewatermark-" + ProcessHandle.current().pid() + "-");

            sweep();

            assertThat(file).exists();
            assertThat(file.resolveSibling(TempFolder.LOCK)).exists();
        }
        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aFolderWithoutALockIsLeftAlone() throws Exception {
        Path beingMade = Files.createDirectory(parent.resolve("camel-dewatermark-1-abc-123"));
        Path lockIsAFolder = Files.createDirectory(parent.resolve("camel-dewatermark-1-abc-456"));
        Files.createDirectory(lockIsAFolder.resolve(TempFolder.LOCK));

        sweep();

        assertThat(beingMade).exists();
        assertThat(lockIsAFolder).exists();
    }

    @Test
    void whatHasAnotherNameIsLeftAlone() throws Exception {
        Path other = left("camel-watermark-1-abc-123");

        sweep();

        assertThat(other).isNotEmptyDirectory();
    }

    @Test
    void aFileIsLeftAlone() throws Exception {
        Path file = Files.createFile(parent.resolve("camel-dewatermark-1-abc-123"));

        sweep();

        assertThat(file).exists();
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void noLinkIsFollowed() throws Exception {
        Path outside = left("outside");
        Path linkToFolder = Files.createSymbolicLink(parent.resolve("camel-dewatermark-1-abc-123"), outside);
        Path linkToLock = Files.createDirectory(parent.resolve("camel-dewatermark-1-abc-456"));
        Files.createSymbolicLink(linkToLock.resolve(TempFolder.LOCK), outside.resolve(TempFolder.LOCK));
        Path linkInside = left("camel-dewatermark-1-abc-789");
        Files.createSymbolicLink(linkInside.resolve("to"), outside);

        sweep();

        assertThat(linkToFolder).isSymbolicLink();
        assertThat(linkToLock).isNotEmptyDirectory();
        assertThat(linkInside).doesNotExist();
        assertThat(outside.resolve("spool-1.tmp")).hasContent("half a clip");
    }

    @Test
    @EnabledOnOs({OS.LINUX, OS.MAC})
    void aFolderOfAnotherUserIsLeftAlone() throws Exception {
        Path left = left("camel-dewatermark-1-abc-123");
        assumeTrue(belongsToAnotherUser(left), "only root can give a folder away");

        sweep();

        assertThat(left).isNotEmptyDirectory();
    }

    private static boolean belongsToAnotherUser(Path folder) throws IOException {
        UserPrincipal nobody =
                folder.getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName("nobody");
        try {
            Files.setOwner(folder, nobody);
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    @Test
    void aFolderThatCannotBeLookedThroughIsNoProblem() {
        folder = new TempFolder(parent.resolve("missing"));

        folder.sweep();

        assertThat(parent).isEmptyDirectory();
    }

    @Test
    void aFolderThatSomebodyTidiedUpIsMadeAnew() throws Exception {
        folder = new TempFolder(parent);
        Path first = folder.newFile().path();
        Files.delete(first);
        Files.delete(first.resolveSibling(TempFolder.LOCK));
        Files.delete(first.getParent());

        Path second = folder.newFile().path();

        assertThat(second).exists();
        assertThat(second.resolveSibling(TempFolder.LOCK)).exists();
    }

    /** As when an exchange is cut off by a stop. */
    @Test
    void aFolderThatAnInterruptedThreadMakesIsLocked() throws Exception {
        folder = new TempFolder(parent);
        Path file;
        Thread.currentThread().interrupt();
        try {
            file = folder.newFile().path();
        } finally {
            Thread.interrupted();
        }

        Path lock = file.resolveSibling(TempFolder.LOCK);
        assertThat(lock).exists();
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.WRITE)) {
            assertThatExceptionOfType(OverlappingFileLockException.class).isThrownBy(channel::tryLock);
        }
    }

    /** The heap has room, so that no collection is due by itself. */
    @Test
    void onAFullDiskWhatNobodyCanReachMakesRoom() throws Exception {
        System.gc(); // else what earlier tests have left would be deleted before what is waited for here
        try (SmallDisk disk = SmallDisk.mount(parent.resolve("disk"), 100);
                TempFolder temp = new TempFolder(disk.path())) {
            Content held = spooled(temp, 20_000_000);
            spooled(temp, 50_000_000);

            temp.reserveRoom(Content.of("x", new byte[30_000_000]));

            assertThat(held.file()).hasSize(20_000_000);
            assertThatExceptionOfType(DewatermarkStorageException.class)
                    .isThrownBy(() -> temp.reserveRoom(Content.of("x", new byte[60_000_000])))
                    .withMessageContaining("java.io.tmpdir")
                    .withMessageContaining("nothing was charged");
        }
    }

    /** As on a busy machine. */
    @Test
    void aDeletionThatIsLateIsWaitedFor() throws Exception {
        CountDownLatch isLate = new CountDownLatch(1);
        CompletableFuture<Void> end = new CompletableFuture<>();
        try (SmallDisk disk = SmallDisk.mount(parent.resolve("disk"), 100);
                TempFolder temp = new TempFolder(disk.path())) {
            Spool.CLEANER.register(new Object(), () -> {
                isLate.countDown();
                end.join();
            });
            System.gc();
            isLate.await(10, TimeUnit.SECONDS);
            spooled(temp, 50_000_000);
            end.completeOnTimeout(null, 300, TimeUnit.MILLISECONDS);

            temp.reserveRoom(Content.of("x", new byte[30_000_000]));
        } finally {
            end.complete(null);
        }
    }

    @Test
    void manyAtOnceAreNotToldOfTheSameRoom() throws Exception {
        try (SmallDisk disk = SmallDisk.mount(parent.resolve("disk"), 100);
                TempFolder temp = new TempFolder(disk.path())) {
            Content original = Content.of("x", new byte[20_000_000]); // whose result may take 30 MB
            List<Journal.Room> rooms = IntStream.range(0, 16)
                    .parallel()
                    .mapToObj(i -> reserved(temp, original))
                    .filter(Objects::nonNull)
                    .toList();

            assertThat(rooms).hasSize(2);
            rooms.get(0).close();
            assertThat(reserved(temp, original)).isNotNull();
            assertThat(reserved(temp, original)).isNull();
        }
    }

    private static Journal.Room reserved(TempFolder temp, Content original) {
        try {
            return temp.reserveRoom(original);
        } catch (DewatermarkStorageException e) {
            return null;
        }
    }

    private static Content spooled(TempFolder temp, int size) throws IOException {
        Spool spool = Spool.inFile(temp);
        spool.write(new byte[size]);
        return spool.content("x");
    }
}
