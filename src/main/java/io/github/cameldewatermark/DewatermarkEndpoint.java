package io.github.cameldewatermark;

import io.github.cameldewatermark.journal.Claims;
import io.github.cameldewatermark.operation.CreditOperation;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.erase.EraseOperation;
import io.github.cameldewatermark.operation.task.ClipFile;
import io.github.cameldewatermark.operation.task.PdfFile;
import io.github.cameldewatermark.operation.task.TaskOperation;
import io.github.cameldewatermark.runtime.ConfigurationCheck;
import io.github.cameldewatermark.runtime.SharedResources;
import org.apache.camel.AsyncEndpoint;
import org.apache.camel.Category;
import org.apache.camel.Consumer;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.spi.EndpointServiceLocation;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriEndpoint;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriPath;
import org.apache.camel.support.DefaultEndpoint;
import org.apache.camel.util.StringHelper;

/**
 * Remove watermarks from pictures, videos and PDFs with the Dewatermark API.
 */
@UriEndpoint(
        firstVersion = "1.0.0",
        scheme = "dewatermark",
        title = "Dewatermark",
        syntax = "dewatermark:operation",
        producerOnly = true,
        category = {Category.AI, Category.CLOUD},
        headersClass = DewatermarkConstants.class)
public class DewatermarkEndpoint extends DefaultEndpoint implements AsyncEndpoint, EndpointServiceLocation {

    @UriPath(description = "What to do: clean a picture, a clip or a PDF, or look up the balance.")
    @Metadata(required = true)
    private final DewatermarkOperation operation;

    @UriParam
    private final DewatermarkConfiguration configuration;

    public DewatermarkEndpoint(
            String uri,
            DewatermarkComponent component,
            DewatermarkOperation operation,
            DewatermarkConfiguration configuration) {
        super(uri, component);
        this.operation = operation;
        this.configuration = configuration;
    }

    @Override
    public Producer createProducer() throws Exception {
        ConfigurationCheck.check(configuration);
        if (operation == DewatermarkOperation.erase) {
            ConfigurationCheck.checkErase(configuration);
        }
        return new DewatermarkProducer(this);
    }

    @Override
    public Consumer createConsumer(Processor processor) {
        throw new UnsupportedOperationException(
                "A dewatermark endpoint has no consumer: it can only be used as a producer");
    }

    /** Creates the operation that the producer of this endpoint runs. */
    Operation createOperation() throws Exception {
        SharedResources shared = getComponent().shared();
        Claims claims = operation == DewatermarkOperation.credit ? null : shared.claims(configuration);
        OperationContext context = shared.operationContext(configuration, claims);
        return switch (operation) {
            case erase -> new EraseOperation(context);
            case video -> new TaskOperation(context, ClipFile.factory(context));
            case pdf -> new TaskOperation(context, PdfFile.factory(context));
            case credit -> new CreditOperation(context);
        };
    }

    @Override
    public DewatermarkComponent getComponent() {
        return (DewatermarkComponent) super.getComponent();
    }

    public DewatermarkOperation getOperation() {
        return operation;
    }

    public DewatermarkConfiguration getConfiguration() {
        return configuration;
    }

    @Override
    public String getServiceUrl() {
        return configuration.getBaseUrl();
    }

    @Override
    public String getServiceProtocol() {
        return StringHelper.before(configuration.getBaseUrl(), ":", "https");
    }
}
