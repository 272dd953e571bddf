package io.github.cameldewatermark.operation.erase;

import io.github.cameldewatermark.DewatermarkConfiguration;
import io.github.cameldewatermark.DewatermarkConstants;
import io.github.cameldewatermark.body.Payload;
import io.github.cameldewatermark.body.TempFolder;
import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.client.EraseModel;
import io.github.cameldewatermark.client.EraseRequest;
import io.github.cameldewatermark.error.DewatermarkInputException;
import io.github.cameldewatermark.error.DewatermarkOptionException;
import io.github.cameldewatermark.image.container.Orientation;
import io.github.cameldewatermark.image.header.ImageInspector;
import io.github.cameldewatermark.image.header.PictureFormat;
import io.github.cameldewatermark.image.header.PictureInfo;
import io.github.cameldewatermark.image.mask.BaseMask;
import io.github.cameldewatermark.image.mask.Brush;
import io.github.cameldewatermark.image.pixel.ImageConverter;
import io.github.cameldewatermark.image.refine.RefinedPicture;
import io.github.cameldewatermark.operation.Brushes;
import io.github.cameldewatermark.operation.PayAgain;
import io.github.cameldewatermark.operation.erase.EraseInput.Preparation;
import java.awt.Dimension;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.TypeConversionException;

/** Reads a message, of whichever {@linkplain EraseKind kind} it is. Headers override the options of the endpoint. */
final class EraseMessageReader {

    private final Exchange exchange;
    private final Message message;
    private final DewatermarkConfiguration options;
    private final Payload.Factory factory;
    private final List<Payload> payloads = new ArrayList<>();

    private EraseMessageReader(Exchange exchange, DewatermarkConfiguration options, TempFolder folder) {
        this.exchange = exchange;
        this.message = exchange.getMessage();
        this.options = options;
        this.factory = new Payload.Factory(EraseOperation.NAME, folder);
    }

    /**
     * Reads the message of an exchange and checks that its content can be sent.
     *
     * @param brushes those of the endpoint and its messages
     */
    static EraseInput read(Exchange exchange, DewatermarkConfiguration options, Brushes brushes, TempFolder folder) {
        EraseMessageReader reader = new EraseMessageReader(exchange, options, folder);
        try {
            return reader.read(brushes);
        } catch (RuntimeException | Error e) {
            reader.payloads.forEach(Payload::close);
            throw e;
        }
    }

    private EraseInput read(Brushes brushes) {
        PayAgain payAgain = PayAgain.read(exchange);
        boolean removeText = removeText();
        EraseModel model = model();
        Brush brush = brushes.of(message, this::header);
        String session = message.getHeader(DewatermarkConstants.SESSION_ID, String.class);
        Integer refinements = refinements();
        if (model.pro()) {
            requireOnlyAPicture(brush, removeText);
        }
        Content erased = brush == null ? null : header(DewatermarkConstants.MASK_BASE);
        BaseMask base = erased == null ? null : new BaseMask(erased);
        EraseKind kind = EraseKind.of(message, brush != null, base != null, session != null, refinements);
        EraseRequest draft = new EraseRequest(
                kind.sendsPicture ? body() : null, kind.sendsPicture ? null : session, erased, null, removeText, model);
        Picture picture =
                switch (kind) {
                    case FIRST_CALL, REFINES_PICTURE -> inspected(draft.image(), kind.refines);
                    case REFINES_SESSION -> bodyIfPicture();
                    case CONTINUES_SESSION -> null;
                };
        Preparation preparation = kind.sendsPicture
                ? preparePicture(base, picture, brush, maxSide(kind.refines))
                : prepareSession(base, picture, brush);
        boolean isFirst = kind == EraseKind.FIRST_CALL;
        Content subject = picture == null ? null : picture.content();
        return new EraseInput(
                draft,
                preparation,
                kind.refines && picture != null ? full(picture, preparation) : null,
                kind.refines ? (refinements == null ? 1 : refinements + 1) : 0,
                subject == null ? message.getHeader(Exchange.FILE_NAME, "the body", String.class) : subject.name(),
                subject,
                isFirst ? picture.info().format() : PictureFormat.JPEG,
                names(),
                isFirst ? original(picture.info()) : Map.of(),
                payAgain,
                payloads,
                factory.folder());
    }

    /** The picture is sent. */
    private Preparation preparePicture(BaseMask base, Picture picture, Brush brush, int maxSide) {
        PictureInfo info = picture.info();
        ImageConverter conversion = new ImageConverter(picture.content(), info, maxSide);
        // a masked picture must be stored upright, as it isn't documented whether the platform heeds the Exif
        // orientation
        boolean asItIs = info.isJpegForApi()
                && info.largestSide() <= maxSide
                && !(brush != null && info.orientation() != Orientation.UPRIGHT);
        if (!asItIs && !options.isConvertImages()) {
            throw bad(picture.content().name()
                    + " is stored rotated (Exif orientation), and would have to be made upright to be sent"
                    + " with a brush, which convertImages=false forbids");
        }
        // the mask may be in a form of the platform's own: it need not be read if its picture is neither scaled nor
        // turned
        boolean maskAsItIs = base == null || asItIs || !base.isReadable() && conversion.keepsShape();
        return new Preparation(
                asItIs ? null : conversion,
                maskAsItIs ? null : base,
                info.orientation(),
                brush,
                // created only if needed, because the first Dimension loads AWT
                brush == null ? null : new Dimension(conversion.width(), conversion.height()));
    }

    /** The server has the picture already. If it is smaller than the body, the result will be applied to the body. */
    private static Preparation prepareSession(BaseMask base, Picture body, Brush brush) {
        return new Preparation(
                null, null, Orientation.UPRIGHT, brush, brush == null ? null : sizeOfSession(base, body, brush));
    }

    /**
     * Returns the size of the picture in the session: that of the mask of the last answer, if there is one; otherwise that to
     * which the body was scaled to be sent or, without a body, that of the brush.
     */
    private static Dimension sizeOfSession(BaseMask base, Picture body, Brush brush) {
        Dimension size = brush.ownSize();
        if (body != null) {
            ImageConverter shown = new ImageConverter(body.content(), body.info(), ImageInspector.MAX_REFINED_SIDE);
            size = new Dimension(shown.width(), shown.height());
        }
        if (base != null && base.isReadable() && (size == null || base.fits(size.width, size.height))) {
            return base.size();
        }
        if (size == null) {
            throw bad("The size of the picture isn't known, which maskRegion needs: neither the body nor the header "
                    + DewatermarkConstants.MASK_BASE + " tells it");
        }
        return size;
    }

    /** Returns the full-size picture to apply the result to; {@code null} if the platform has the picture in full size. */
    private RefinedPicture full(Picture picture, Preparation sent) {
        Dimension size = sent.size();
        boolean smaller = picture.info().largestSide() > Math.max(size.width, size.height);
        return smaller && scales() ? new RefinedPicture(picture.content(), picture.info(), sent.brush()) : null;
    }

    private boolean scales() {
        return options.isConvertImages() && options.isScaleRefinement();
    }

    private Picture inspected(Content image, boolean refines) {
        if (!options.isConvertImages()) {
            return new Picture(image, ImageInspector.requireJpeg(image, maxSide(refines)));
        }
        PictureInfo info = ImageInspector.inspect(image);
        if (refines && !scales()) {
            ImageInspector.requireSide(image, info, maxSide(true));
        }
        return new Picture(image, info);
    }

    private static int maxSide(boolean refines) {
        return refines ? ImageInspector.MAX_REFINED_SIDE : ImageInspector.MAX_SIDE;
    }

    /** Returns the body if it is a picture, otherwise {@code null}: with a session id, it need not be one. */
    private Picture bodyIfPicture() {
        if (message.getBody() == null) {
            return null;
        }
        Content body = null;
        try {
            body = body();
            return new Picture(body, ImageInspector.inspect(body));
        } catch (DewatermarkInputException e) {
            if (body == null && e.getCause() instanceof IOException) {
                throw e; // it couldn't be read, but may be the picture that the result has to be applied to
            }
            return null;
        }
    }

    /** Returns the headers that describe the original picture. */
    private static Map<String, Object> original(PictureInfo info) {
        return Map.of(
                DewatermarkConstants.ORIGINAL_FORMAT, info.format().name(),
                DewatermarkConstants.ORIGINAL_WIDTH, info.width(),
                DewatermarkConstants.ORIGINAL_HEIGHT, info.height());
    }

    /** Returns the headers with names of the file. */
    private Map<String, String> names() {
        Map<String, String> names = new HashMap<>();
        for (String header : List.of(Exchange.FILE_NAME, Exchange.FILE_NAME_ONLY)) {
            if (message.getHeader(header) instanceof String name) {
                names.put(header, name);
            }
        }
        return names;
    }

    private Content body() {
        return content(factory.body(exchange));
    }

    /** Returns the content of a header, {@code null} if it isn't set. */
    private Content header(String name) {
        Object value = message.getHeader(name);
        return value == null ? null : content(factory.of(exchange, value, "the header " + name));
    }

    private Content content(Payload payload) {
        payloads.add(payload);
        return payload.content();
    }

    private boolean removeText() {
        Object value = message.getHeader(DewatermarkConstants.REMOVE_TEXT);
        if (value == null) {
            return options.isRemoveText();
        }
        return switch (value.toString().trim().toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw bad("The header " + DewatermarkConstants.REMOVE_TEXT + " must be true or false");
        };
    }

    private EraseModel model() {
        Object value = message.getHeader(DewatermarkConstants.PREDICT_MODE);
        String mode = value == null ? options.getPredictMode() : value.toString();
        try {
            return EraseModel.of(options.getApiVersion(), mode, options.isPro());
        } catch (DewatermarkOptionException e) {
            throw bad("The header " + DewatermarkConstants.PREDICT_MODE + " is wrong: " + e.getMessage());
        }
    }

    /** The PRO model takes nothing else. Refining its result is for another step, without pro. */
    private void requireOnlyAPicture(Brush brush, boolean removeText) {
        if (brush != null) {
            throw bad("The headers " + DewatermarkConstants.MASK_BRUSH + " and " + DewatermarkConstants.MASK_REGION
                    + " can't be used with pro=true");
        }
        if (removeText) {
            throw bad("The header " + DewatermarkConstants.REMOVE_TEXT + " can't be true with pro=true");
        }
        if (message.getBody() == null) {
            throw bad("A session can't be continued with pro=true, and there is no picture");
        }
    }

    private Integer refinements() {
        try {
            return message.getHeader(DewatermarkConstants.REFINEMENT, Integer.class);
        } catch (TypeConversionException e) {
            throw bad("The header " + DewatermarkConstants.REFINEMENT + " must be a number");
        }
    }

    private static DewatermarkInputException bad(String problem) {
        return new DewatermarkInputException(EraseOperation.NAME, problem);
    }

    /** A picture and what its header says. */
    private record Picture(Content content, PictureInfo info) {}
}
