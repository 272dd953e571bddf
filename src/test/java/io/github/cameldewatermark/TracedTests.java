package io.github.cameldewatermark;

import static org.junit.platform.engine.discovery.ClassNameFilter.includeClassNamePatterns;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectPackage;

import java.io.PrintWriter;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;
import org.junit.platform.launcher.listeners.TestExecutionSummary;

/** Runs tests of all calls, and of all that handles a key or a signed URL. Ends with the number of failures. */
final class TracedTests {

    private static final String TESTS = ".*\\.("
            + (Thorough.ON ? "kamelet\\.\\w+|EraseJournal|MinimumCredit|" : "kamelet\\.\\w+(Action|Source)|")
            + "Secrets|Proxy|Tls|HealthCheck|DevConsole|TransportFailure|SignedUrl|VideoFailure)Test";

    private TracedTests() {}

    public static void main(String[] args) {
        SummaryGeneratingListener listener = new SummaryGeneratingListener();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(selectPackage(TracedTests.class.getPackageName()))
                                .filters(includeClassNamePatterns(TESTS))
                                .build(),
                        listener);
        TestExecutionSummary summary = listener.getSummary();
        summary.printFailuresTo(new PrintWriter(System.out, true));
        System.out.println(summary.getTestsSucceededCount() + " tests");
        System.exit((int) summary.getTotalFailureCount());
    }
}
