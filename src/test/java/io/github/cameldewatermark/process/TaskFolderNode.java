package io.github.cameldewatermark.process;

import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.Main;
import org.apache.camel.main.MainListenerSupport;

/**
 * A program: runs the route video-folder or pdf-folder until it is killed or told to stop. Arguments: video or pdf, folder, base
 * URL, API key.
 */
final class TaskFolderNode {

    /** What it says when it has started. */
    static final String STARTED = "started";

    private TaskFolderNode() {}

    public static void main(String[] args) throws Exception {
        Main camel = new Main();
        camel.configure().setJmxEnabled(false); // a tenth of the processor time of a start
        camel.configure()
                .withRoutesIncludePattern(
                        "file:routes/errors.camel.yaml,file:routes/" + args[0] + "-folder.camel.yaml");
        camel.setPropertyPlaceholderLocations("file:routes/application.properties");
        camel.addOverrideProperty(args[0] + ".folder", args[1]);
        camel.addOverrideProperty("errors.redeliveries", "20");
        camel.addOverrideProperty("errors.delay", "100");
        camel.addOverrideProperty("camel.component.dewatermark.baseUrl", args[2]);
        camel.addOverrideProperty("camel.component.dewatermark.apiKey", args[3]);
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
