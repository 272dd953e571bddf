package com.example;

import static com.example.RouteRun.soon;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.cameldewatermark.sandbox.http.Fault;
import io.github.cameldewatermark.sandbox.platform.Call;
import java.nio.file.Path;
import java.time.Duration;
import org.apache.camel.component.file.GenericFileEndpoint;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A poll may have listed a file that is clean and away by the time the poll comes to it: that is no failure. */
@Timeout(240)
class StaleListingTest {

    private static final int PICTURES = 5;
    private static final Duration LONGER_THAN_A_POLL = Duration.ofMillis(800);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @CsvSource({"ftp-to-folder, ftp", "ftp-to-s3, ftp", "sftp-to-s3, sftp"})
    void aFileThatIsGoneIsPassedOver(String route, String prefix) throws Exception {
        try (LocalS3 s3 = new LocalS3("clean");
                RouteRun run = s3.use(new RouteRun(route)).with(prefix + ".folder", folder)) {
            run.sandbox().faults().on(Call.ERASE).always().inject(Fault.delay(LONGER_THAN_A_POLL));
            run.start();
            StaleListing listing = new StaleListing();
            listing.start();
            inbox(run, route).setInProgressRepository(listing);

            Batch.ofPictures(PICTURES).dropInto(folder.resolve("inbox"));

            soon().untilAsserted(() ->
                    assertThat(Batch.names(folder.resolve("inbox/.done"))).hasSize(PICTURES));
            soon().until(() -> listing.gone > 0 && listing.isEmpty());
            assertThat(folder.resolve("failed")).doesNotExist();
            assertThat(run.sandbox().ledger()).hasSize(PICTURES);
        }
    }

    private static GenericFileEndpoint<?> inbox(RouteRun run, String route) {
        return (GenericFileEndpoint<?>) run.context().getRoute(route).getEndpoint();
    }

    /** Lets a poll that has listed a file wait until this file is away, which otherwise happens once in a thousand polls. */
    private static final class StaleListing extends MemoryIdempotentRepository {

        private volatile int gone;

        @Override
        public boolean contains(String file) {
            if (super.contains(file)) {
                soon().until(() -> !super.contains(file));
                gone++;
            }
            return false;
        }

        boolean isEmpty() {
            return getCacheSize() == 0;
        }
    }
}
