package io.github.cameldewatermark;

import org.apache.camel.CamelContext;
import org.apache.camel.spi.ContextServicePlugin;

/**
 * Lets interrupted files stay in each context from its beginning. A route with {@code toD} creates the component with its first
 * message, when its file consumer has long read its options.
 */
public final class InterruptedFilesPlugin implements ContextServicePlugin {

    @Override
    public void load(CamelContext camelContext) {
        InterruptedFiles.letStay(camelContext);
    }
}
