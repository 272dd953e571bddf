package io.github.cameldewatermark.process;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/** A program: runs the route of a shared folder until it is killed. Arguments: folder, node, base URL, API key. */
final class SharedFolderNode {

    /** What it says when it has started. */
    static final String STARTED = "started";

    private SharedFolderNode() {}

    public static void main(String[] args) throws Exception {
        Main camel = new Main();
        camel.configure().setJmxEnabled(false); // a tenth of the processor time of a start
        camel.configure().withRoutesIncludePattern("file:routes/shared-folder.camel.yaml");
        camel.addInitialProperty("folder", args[0]);
        camel.addInitialProperty("node", args[1]);
        camel.addInitialProperty("shared.journal", "journalDirectory=" + args[0] + "/.journal");
        camel.addInitialProperty("camel.component.dewatermark.baseUrl", args[2]);
        camel.addInitialProperty("camel.component.dewatermark.apiKey", args[3]);
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport main) {
                System.out.println(STARTED);
            }
        });
        camel.run();
    }
}
