package io.github.cameldewatermark.sandbox;

import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Starts a {@link Sandbox} from the command line, until it is told to stop. */
public final class SandboxMain {

    private static final int WRONG_USAGE = 2;
    private static final int CANNOT_START = 1;

    private SandboxMain() {}

    public static void main(String[] args) throws InterruptedException {
        SandboxOptions options;
        try {
            options = SandboxOptions.parse(List.of(args));
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.err.print(SandboxOptions.USAGE);
            System.exit(WRONG_USAGE);
            return;
        }
        if (options.help()) {
            System.out.print(SandboxOptions.USAGE);
            return;
        }
        run(options.builder());
    }

    private static void run(SandboxBuilder builder) throws InterruptedException {
        Sandbox sandbox;
        try {
            sandbox = builder.start();
        } catch (UncheckedIOException | IllegalStateException e) {
            System.err.println(e.getMessage());
            System.exit(CANNOT_START);
            return;
        }
        Runtime.getRuntime().addShutdownHook(new Thread(sandbox::close, "dewatermark-sandbox-stop"));
        System.out.println("Dewatermark sandbox on " + sandbox.baseUrl());
        System.out.println("For routes: camel.component.dewatermark.baseUrl=" + sandbox.baseUrl()
                + " and camel.component.dewatermark.apiKey=" + sandbox.apiKey());
        System.out.flush();
        // the shutdown hook is the way out
        new CountDownLatch(1).await();
    }
}
