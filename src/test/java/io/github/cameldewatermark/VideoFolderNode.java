package io.github.cameldewatermark;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * A program: runs the route of a video folder until it is killed or told to stop. Arguments: folder, base
 * URL, API key.
 */
final class VideoFolderNode {

    /** What it says when it has started. */
    static final String STARTED = "started";

    private VideoFolderNode() {}

    public static void main(String[] args) throws Exception {
        Main camel = new Main();
        camel.configure().withRoutesIncludePattern("file:routes/errors.camel.yaml,file:routes/video-folder.camel.yaml");
        camel.setPropertyPlaceholderLocations("file:routes/application.properties");
        camel.addOverrideProperty("video.folder", args[0]);
        camel.addOverrideProperty("errors.redeliveries", "20");
        camel.addOverrideProperty("errors.delay", "100");
        camel.addOverrideProperty("camel.component.dewatermark.baseUrl", args[1]);
        camel.addOverrideProperty("camel.component.dewatermark.apiKey", args[2]);
        camel.addOverrideProperty("camel.component.dewatermark.pollInterval", "200");
        camel.addMainListener(new MainListenerSupport() {
            @Override
            public void afterStart(BaseMainSupport main) {
                System.out.println(STARTED);
            }
        });
        camel.run();
    }
}
