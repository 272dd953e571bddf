package io.github.cameldewatermark.operation.erase;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseModel;
import io.github.cameldewatermark.client.EraseRequest;
import io.github.cameldewatermark.client.Price;
import io.github.cameldewatermark.client.http.Failures;
import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.error.DewatermarkException;
import io.github.cameldewatermark.image.pixel.Thumbnail;
import io.github.cameldewatermark.journal.Claim;
import io.github.cameldewatermark.operation.Brushes;
import io.github.cameldewatermark.operation.Operation;
import io.github.cameldewatermark.operation.OperationContext;
import io.github.cameldewatermark.operation.Outcome;
import io.github.cameldewatermark.operation.erase.EraseAnswers.Answer;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.apache.camel.Exchange;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Cleans a picture. The body becomes the cleaned picture; the headers carry what a refinement needs. */
public final class EraseOperation extends Operation {

    static final String NAME = "erase";

    private static final Logger LOG = LoggerFactory.getLogger(EraseOperation.class);

    private final Brushes brushes;
    private final EraseAnswers answers;
    private final EraseDelivery delivery;

    /**
     * @throws IOException if the brush of the options can't be read
     */
    public EraseOperation(OperationContext context) throws IOException {
        super(NAME, context, context.prices().of(model(context.options())).credits());
        this.brushes = new Brushes(NAME, context.camelContext(), context.options());
        String doubt = model(context.options()).doubt();
        if (doubt != null) {
            LOG.warn("{}: it is passed on, and the platform may refuse it", doubt);
        }
        this.answers = new EraseAnswers(context);
        this.delivery = new EraseDelivery(context);
    }

    private static EraseModel model(DewatermarkConfiguration options) {
        return EraseModel.of(options.getApiVersion(), options.getPredictMode(), options.isPro());
    }

    /** Reads the message, holds its content, gets the answer, and delivers it. */
    @Override
    public CompletableFuture<Outcome> execute(Exchange exchange) {
        EraseInput input = EraseMessageReader.read(exchange, context.options(), brushes, context.tempFolder());
        return Failures.inFuture(
                        () -> context.hold(NAME, input.name(), input.payAgain().isAsked(), input::key))
                .thenCompose(claim -> answer(input, claim))
                .thenCompose(answer -> delivery.outcome(input, answer))
                .whenComplete((outcome, error) -> input.close());
    }

    /** Returns the answer that was paid for before, or pays for it. */
    private CompletableFuture<Answer> answer(EraseInput input, Claim claim) {
        return Failures.inFuture(() -> claim.known() == null
                        ? pay(input, claim)
                        : CompletableFuture.completedFuture(answers.fromJournal(claim.known(), input.name())))
                .whenComplete((answer, error) -> claim.end(error));
    }

    /** Prepares the request and the thumbnail first, as that may fail for nothing. */
    private CompletableFuture<Answer> pay(EraseInput input, Claim claim) {
        return prepare(input).thenCompose(request -> thumbnail(request)
                .thenCompose(thumbnail -> send(input, request, thumbnail, claim)));
    }

    /** Sees to the credits and the limit, sends the request, and keeps the answer. */
    private CompletableFuture<Answer> send(EraseInput input, EraseRequest request, byte[] thumbnail, Claim claim) {
        Price price = context.prices().of(request.model());
        return credits.reserve(input.name(), price).thenCompose(reservation -> Failures.inFuture(() -> {
                    claim.reserveInLedger(context.limit(), price.credits());
                    return answers.fromPlatform(input, request, claim, thumbnail);
                })
                .whenComplete((answer, error) -> reservation.settle(error)));
    }

    /** Returns a small copy of what is sent, made before it is paid for; {@code null} if it can't be made, or isn't wanted. */
    private CompletableFuture<byte[]> thumbnail(EraseRequest request) {
        Content picture = request.image();
        if (!context.options().isThumbnails() || context.claims() == null || picture == null) {
            return CompletableFuture.completedFuture(null);
        }
        return context.conversions().run(NAME, picture.name(), Thumbnail.HEAP, context.delays(), () -> shrunk(picture));
    }

    private static byte[] shrunk(Content picture) {
        try {
            return Thumbnail.of(picture);
        } catch (IOException | RuntimeException e) {
            LOG.debug("{} has no thumbnail", picture.name(), e);
            return null;
        }
    }

    private CompletableFuture<EraseRequest> prepare(EraseInput input) {
        return input.isPrepared()
                ? CompletableFuture.completedFuture(input.draft())
                : context.conversions().run(NAME, input.name(), input.memory(), context.delays(), input::prepare);
    }

    /** What is in the journal, or is marked there as unknown, isn't paid for again by itself. */
    @Override
    public boolean canBeginAgain(Exchange exchange, DewatermarkException end) {
        return isRemembered() || end.billed() == Billed.NO;
    }
}
