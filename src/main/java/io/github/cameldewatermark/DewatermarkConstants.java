package io.github.cameldewatermark;

import org.apache.camel.spi.Metadata;

/**
 * The names of the message headers. All other headers of a message stay as they are. No message header is ever sent as an
 * HTTP header.
 */
public final class DewatermarkConstants {

    /**
     * In: what to erase, as a picture that is white where to erase. It has the shape of the picture or clip that is sent, and any
     * type that a body may have. Overrides the options maskBrush and maskRegion, and counts for one call.
     */
    @Metadata(label = "common", javaType = "Object")
    public static final String MASK_BRUSH = "CamelDewatermarkMaskBrush";

    /**
     * In: what to erase, as rectangles in the form of the option maskRegion. Overrides the options maskBrush and maskRegion, and
     * counts for one call.
     */
    @Metadata(label = "common", javaType = "String")
    public static final String MASK_REGION = "CamelDewatermarkMaskRegion";

    /** Out: the picture of what has been erased so far. In: sent along with a refinement. */
    @Metadata(label = "erase", javaType = "byte[]")
    public static final String MASK_BASE = "CamelDewatermarkMaskBase";

    /** Out: the mask of all erased parts, if the server sent one. */
    @Metadata(label = "erase", javaType = "byte[]")
    public static final String WATERMARK_MASK = "CamelDewatermarkWatermarkMask";

    /** Out: the id under which the server keeps the picture. In: sent instead of the picture, from the second refinement on. */
    @Metadata(label = "erase", javaType = "String")
    public static final String SESSION_ID = "CamelDewatermarkSessionId";

    /**
     * Out: how many refinements the picture has had, 0 after the first call. In: with 0 a refinement sends the picture, otherwise
     * the session.
     */
    @Metadata(label = "erase", javaType = "Integer")
    public static final String REFINEMENT = "CamelDewatermarkRefinement";

    /** In: overrides the option removeText. */
    @Metadata(label = "erase", javaType = "Boolean")
    public static final String REMOVE_TEXT = "CamelDewatermarkRemoveText";

    /** In: overrides the option predictMode. */
    @Metadata(label = "erase", javaType = "String")
    public static final String PREDICT_MODE = "CamelDewatermarkPredictMode";

    /**
     * Out: the format of the original file, by its content: JPEG, PNG, GIF, BMP, TIFF or WEBP; MP4, MOV, MKV or WEBM, missing for
     * other clips; PDF. A refinement doesn't change it.
     */
    @Metadata(label = "common", javaType = "String", enums = "JPEG,PNG,GIF,BMP,TIFF,WEBP,MP4,MOV,MKV,WEBM,PDF")
    public static final String ORIGINAL_FORMAT = "CamelDewatermarkOriginalFormat";

    /**
     * Out: the width of the original picture or clip in pixels, as it was stored; missing if a clip doesn't tell. A refinement
     * doesn't change it.
     */
    @Metadata(label = "common", javaType = "Integer")
    public static final String ORIGINAL_WIDTH = "CamelDewatermarkOriginalWidth";

    /**
     * Out: the height of the original picture or clip in pixels, as it was stored; missing if a clip doesn't tell. A refinement
     * doesn't change it.
     */
    @Metadata(label = "common", javaType = "Integer")
    public static final String ORIGINAL_HEIGHT = "CamelDewatermarkOriginalHeight";

    /** Out: how long the original clip lasts in seconds, if its header tells (MP4, MOV, MKV, WebM). */
    @Metadata(label = "video", javaType = "Double")
    public static final String ORIGINAL_DURATION = "CamelDewatermarkOriginalDuration";

    /** Out: the frames per second of the original clip on average, if its header tells. */
    @Metadata(label = "video", javaType = "Double")
    public static final String ORIGINAL_FRAME_RATE = "CamelDewatermarkOriginalFrameRate";

    /** Out: how many pages the original PDF has, if they are counted. */
    @Metadata(label = "pdf", javaType = "Integer")
    public static final String ORIGINAL_PAGES = "CamelDewatermarkOriginalPages";

    /** Out: the server's id of the cleaned picture. */
    @Metadata(label = "erase", javaType = "String")
    public static final String IMAGE_ID = "CamelDewatermarkImageId";

    /** Out: the server's id of the call. */
    @Metadata(label = "erase", javaType = "String")
    public static final String EVENT_ID = "CamelDewatermarkEventId";

    /**
     * Out: the id of the task, set before anything is charged. In: the task to resume, unless its file was delivered to this
     * exchange before.
     */
    @Metadata(label = "task", javaType = "String")
    public static final String TASK_ID = "CamelDewatermarkTaskId";

    /** In: the key by which the journal recognises the clip or PDF, instead of its content: any text that is unique to it. */
    @Metadata(label = "task", javaType = "String")
    public static final String TASK_KEY = "CamelDewatermarkTaskKey";

    /**
     * Out: PROCESSING: the task is submitted, and its result isn't fetched yet. COMPLETED: the body is the result or, with
     * waitForCompletion=false, the result can be fetched.
     */
    @Metadata(label = "task", javaType = "String", enums = "PROCESSING,COMPLETED")
    public static final String TASK_STATUS = "CamelDewatermarkTaskStatus";

    /** Out: whether the server saw a watermark in the clip, if it tells. */
    @Metadata(label = "video", javaType = "Boolean")
    public static final String HAS_WATERMARK = "CamelDewatermarkHasWatermark";

    /** Out: the length of the clip in seconds, if the server tells. */
    @Metadata(label = "video", javaType = "Double")
    public static final String VIDEO_DURATION = "CamelDewatermarkVideoDuration";

    /**
     * Out: what the file costs by the prices of the component. It is missing if the server doesn't tell the length of the clip,
     * or the pages of the PDF aren't counted.
     */
    @Metadata(label = "common", javaType = "java.math.BigDecimal")
    public static final String CREDITS_CHARGED = "CamelDewatermarkCreditsCharged";

    /** Out: true if it was paid for before, as the journal says, and nothing was charged for it now. */
    @Metadata(label = "common", javaType = "Boolean")
    public static final String FROM_JOURNAL = "CamelDewatermarkFromJournal";

    /**
     * In: true to pay for a file again that is paid for already, or may be. It is removed from the message, and counts for one
     * call.
     */
    @Metadata(label = "common", javaType = "Boolean")
    public static final String PAY_AGAIN = "CamelDewatermarkPayAgain";

    /** Out: the credits left. */
    @Metadata(label = "credit", javaType = "java.math.BigDecimal")
    public static final String AVAILABLE_CREDIT = "CamelDewatermarkAvailableCredit";

    /** Out: the id of the user who owns the credits. */
    @Metadata(label = "credit", javaType = "String")
    public static final String USER_ID = "CamelDewatermarkUserId";

    private DewatermarkConstants() {}
}
