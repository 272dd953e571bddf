package io.github.cameldewatermark;

import org.apache.camel.main.Main;

/** A program: runs the route of a shared folder until it is killed. Arguments: folder, node, base URL, API key. */
final class SharedFolderNode {

    private SharedFolderNode() {}

    public static void main(String[] args) throws Exception {
        Main camel = new Main();
        camel.configure().withRoutesIncludePattern("file:routes/shared-folder.camel.yaml");
        camel.addInitialProperty("folder", args[0]);
        camel.addInitialProperty("node", args[1]);
        camel.addInitialProperty("camel.component.dewatermark.baseUrl", args[2]);
        camel.addInitialProperty("camel.component.dewatermark.apiKey", args[3]);
        camel.addInitialProperty("camel.component.dewatermark.maxInFlight", "16");
        camel.run();
    }
}
