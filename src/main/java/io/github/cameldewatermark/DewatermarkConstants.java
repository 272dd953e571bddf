package io.github.cameldewatermark;

import org.apache.camel.spi.Metadata;

/**
 * The names of the message headers and of one exchange property. All other headers of a message stay as they are. No message
 * header is ever sent as an HTTP header.
 */
public final class DewatermarkConstants {

    @Metadata(
            label = "common",
            javaType = "Object",
            description =
                    "In: what to erase, as a picture that is white where to erase. It has the shape of the picture or clip that "
                            + "is sent, and any type that a body may have. Overrides the options maskBrush and maskRegion, and counts "
                            + "for one call.")
    public static final String MASK_BRUSH = "CamelDewatermarkMaskBrush";

    @Metadata(
            label = "common",
            javaType = "String",
            description =
                    "In: what to erase, as rectangles in the form of the option maskRegion. Overrides the options maskBrush and "
                            + "maskRegion, and counts for one call.")
    public static final String MASK_REGION = "CamelDewatermarkMaskRegion";

    @Metadata(
            label = "erase",
            javaType = "byte[]",
            description = "Out: the picture of what has been erased so far. In: sent along with a refinement.")
    public static final String MASK_BASE = "CamelDewatermarkMaskBase";

    @Metadata(
            label = "erase",
            javaType = "byte[]",
            description = "Out: the mask of all erased parts, if the server sent one.")
    public static final String WATERMARK_MASK = "CamelDewatermarkWatermarkMask";

    @Metadata(
            label = "erase",
            javaType = "String",
            description =
                    "Out: the id under which the server keeps the picture. In: sent instead of the picture, from the "
                            + "second refinement on.")
    public static final String SESSION_ID = "CamelDewatermarkSessionId";

    @Metadata(
            label = "erase",
            javaType = "Integer",
            description =
                    "Out: how many refinements the picture has had, 0 after the first call. In: with 0 a refinement sends "
                            + "the picture, otherwise the session.")
    public static final String REFINEMENT = "CamelDewatermarkRefinement";

    @Metadata(label = "erase", javaType = "Boolean", description = "In: overrides the option removeText.")
    public static final String REMOVE_TEXT = "CamelDewatermarkRemoveText";

    @Metadata(label = "erase", javaType = "String", description = "In: overrides the option predictMode.")
    public static final String PREDICT_MODE = "CamelDewatermarkPredictMode";

    @Metadata(
            label = "common",
            javaType = "String",
            enums = "JPEG,PNG,GIF,BMP,TIFF,WEBP,MP4,MOV,MKV,WEBM,PDF",
            description =
                    "Out: the format of the original file, by its content: JPEG, PNG, GIF, BMP, TIFF or WEBP; MP4, MOV, MKV or "
                            + "WEBM, missing for other clips; PDF. A refinement doesn't change it.")
    public static final String ORIGINAL_FORMAT = "CamelDewatermarkOriginalFormat";

    @Metadata(
            label = "common",
            javaType = "Integer",
            description =
                    "Out: the width of the original picture or clip in pixels, as it was stored; missing if a clip doesn't "
                            + "tell. A refinement doesn't change it.")
    public static final String ORIGINAL_WIDTH = "CamelDewatermarkOriginalWidth";

    @Metadata(
            label = "common",
            javaType = "Integer",
            description =
                    "Out: the height of the original picture or clip in pixels, as it was stored; missing if a clip doesn't "
                            + "tell. A refinement doesn't change it.")
    public static final String ORIGINAL_HEIGHT = "CamelDewatermarkOriginalHeight";

    @Metadata(
            label = "video",
            javaType = "Double",
            description =
                    "Out: how long the original clip lasts in seconds, if its header tells (MP4, MOV, MKV, WebM).")
    public static final String ORIGINAL_DURATION = "CamelDewatermarkOriginalDuration";

    @Metadata(
            label = "video",
            javaType = "Double",
            description = "Out: the frames per second of the original clip on average, if its header tells.")
    public static final String ORIGINAL_FRAME_RATE = "CamelDewatermarkOriginalFrameRate";

    @Metadata(
            label = "pdf",
            javaType = "Integer",
            description = "Out: how many pages the original PDF has, if they are counted.")
    public static final String ORIGINAL_PAGES = "CamelDewatermarkOriginalPages";

    @Metadata(label = "erase", javaType = "String", description = "Out: the server's id of the cleaned picture.")
    public static final String IMAGE_ID = "CamelDewatermarkImageId";

    @Metadata(label = "erase", javaType = "String", description = "Out: the server's id of the call.")
    public static final String EVENT_ID = "CamelDewatermarkEventId";

    @Metadata(
            label = "task",
            javaType = "String",
            description =
                    "Out: the id of the task, set before anything is charged. In: the task to resume, unless its file was "
                            + "delivered to this exchange before.")
    public static final String TASK_ID = "CamelDewatermarkTaskId";

    @Metadata(
            label = "task",
            javaType = "String",
            description =
                    "In: the key by which the journal recognises the clip or PDF, instead of its content: any text that is "
                            + "unique to it.")
    public static final String TASK_KEY = "CamelDewatermarkTaskKey";

    @Metadata(
            label = "task",
            javaType = "String",
            enums = "PROCESSING,COMPLETED",
            description =
                    "Out: PROCESSING: the task is submitted, and its result isn't fetched yet. COMPLETED: the body is the "
                            + "result or, with waitForCompletion=false, the result can be fetched.")
    public static final String TASK_STATUS = "CamelDewatermarkTaskStatus";

    @Metadata(
            label = "video",
            javaType = "Boolean",
            description = "Out: whether the server saw a watermark in the clip, if it tells.")
    public static final String HAS_WATERMARK = "CamelDewatermarkHasWatermark";

    @Metadata(
            label = "video",
            javaType = "Double",
            description = "Out: the length of the clip in seconds, if the server tells.")
    public static final String VIDEO_DURATION = "CamelDewatermarkVideoDuration";

    @Metadata(
            label = "common",
            javaType = "java.math.BigDecimal",
            description =
                    "Out: what the file costs by the prices of the component. It is missing if the server doesn't tell the "
                            + "length of the clip, or the pages of the PDF aren't counted.")
    public static final String CREDITS_CHARGED = "CamelDewatermarkCreditsCharged";

    @Metadata(
            label = "common",
            javaType = "Boolean",
            description =
                    "Out: true if it was paid for before, as the journal says, and nothing was charged for it now.")
    public static final String FROM_JOURNAL = "CamelDewatermarkFromJournal";

    @Metadata(
            label = "common",
            javaType = "Boolean",
            description =
                    "In: true to pay for a file again that is paid for already, or may be. It is removed from the message, "
                            + "and counts for one call.")
    public static final String PAY_AGAIN = "CamelDewatermarkPayAgain";

    @Metadata(label = "credit", javaType = "java.math.BigDecimal", description = "Out: the credits left.")
    public static final String AVAILABLE_CREDIT = "CamelDewatermarkAvailableCredit";

    @Metadata(label = "credit", javaType = "String", description = "Out: the id of the user who owns the credits.")
    public static final String USER_ID = "CamelDewatermarkUserId";

    private DewatermarkConstants() {}
}
