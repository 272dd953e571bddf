package io.github.cameldewatermark;

import io.github.cameldewatermark.client.DewatermarkClientBuilder;
import io.github.cameldewatermark.client.PredictMode;
import io.github.cameldewatermark.video.TaskJournal;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.spi.Configurer;
import org.apache.camel.spi.Metadata;
import org.apache.camel.spi.UriParam;
import org.apache.camel.spi.UriParams;

/** The options of an endpoint or, on the component, their defaults. No {@code toString}, because it holds the API key. */
@Configurer
@UriParams
public class DewatermarkConfiguration implements Cloneable {

    @UriParam(label = "security", secret = true)
    private String apiKey;

    @UriParam(label = "common", defaultValue = DewatermarkClientBuilder.DEFAULT_BASE_URL)
    private String baseUrl = DewatermarkClientBuilder.DEFAULT_BASE_URL;

    @UriParam(label = "erase", defaultValue = "false")
    private boolean removeText;

    @UriParam(label = "erase", defaultValue = "3.0", enums = "3.0,old,2.0")
    private String predictMode = PredictMode.V3.wireName();

    @UriParam(label = "erase")
    @Metadata(supportFileReference = true)
    private String maskBrush;

    @UriParam(label = "erase")
    private String maskRegion;

    @UriParam(label = "erase", defaultValue = "true")
    private boolean scaleRefinement = true;

    @UriParam(label = "erase", defaultValue = "true")
    private boolean convertImages = true;

    @UriParam(label = "erase", defaultValue = "true")
    private boolean preserveMetadata = true;

    @UriParam(label = "common", defaultValue = "0")
    private double minimumCredit;

    @UriParam(label = "video", defaultValue = "true")
    private boolean waitForCompletion = true;

    @UriParam(label = "video", javaType = "java.time.Duration", defaultValue = "2000")
    private long pollInterval = 2_000;

    @UriParam(label = "video", javaType = "java.time.Duration", defaultValue = "30000")
    private long maxPollInterval = 30_000;

    @UriParam(label = "video", javaType = "java.time.Duration", defaultValue = "3600000")
    private long taskTimeout = 3_600_000;

    @UriParam(label = "video")
    private String journalDirectory;

    @UriParam(label = "video,advanced")
    private TaskJournal taskJournal;

    @UriParam(label = "advanced", javaType = "java.time.Duration", defaultValue = "60000")
    private long maxThrottleWait = 60_000;

    @UriParam(label = "advanced", javaType = "java.time.Duration", defaultValue = "10000")
    private long connectTimeout = 10_000;

    @UriParam(label = "advanced", javaType = "java.time.Duration", defaultValue = "300000")
    private long responseTimeout = 300_000;

    /** Returns an independent copy. */
    public DewatermarkConfiguration copy() {
        try {
            return (DewatermarkConfiguration) super.clone();
        } catch (CloneNotSupportedException e) {
            throw new RuntimeCamelException(e);
        }
    }

    public String getApiKey() {
        return apiKey;
    }

    /**
     * The API key of the Dewatermark account. It is needed, on the endpoint or on the component.
     */
    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    /**
     * Where the platform is.
     */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public boolean isRemoveText() {
        return removeText;
    }

    /**
     * Whether text is removed, too. This may remove all text of the picture.
     */
    public void setRemoveText(boolean removeText) {
        this.removeText = removeText;
    }

    public String getPredictMode() {
        return predictMode;
    }

    /**
     * The model: 3.0 for most cases, old for emoji. 2.0 is another name of old.
     */
    public void setPredictMode(String predictMode) {
        this.predictMode = predictMode;
    }

    public String getMaskBrush() {
        return maskBrush;
    }

    /**
     * What to erase from every picture: a picture of their shape, white = erase, from the classpath, a file or the registry
     * (prefix classpath:, file: or ref:). It is scaled to each picture. It is read once, when the route starts. Without it,
     * the server looks for the watermark.
     */
    public void setMaskBrush(String maskBrush) {
        this.maskBrush = maskBrush;
    }

    public String getMaskRegion() {
        return maskRegion;
    }

    /**
     * What to erase from every picture, in place of maskBrush, as rectangles: x,y,w,h or anchor:wxh, such as
     * bottom-right:30%x12%, each value in px or in % of the picture. The anchors are top-left, top, top-right, left, center,
     * right, bottom-left, bottom and bottom-right. Several rectangles are separated by a semicolon.
     */
    public void setMaskRegion(String maskRegion) {
        this.maskRegion = maskRegion;
    }

    public boolean isScaleRefinement() {
        return scaleRefinement;
    }

    /**
     * Whether a picture of more than the 1920 px that a refinement takes is scaled down for it, with its masks, and the result
     * is brought back onto it: in its full size, nothing is replaced but what the brush marks. If not, such a picture is
     * refused.
     */
    public void setScaleRefinement(boolean scaleRefinement) {
        this.scaleRefinement = scaleRefinement;
    }

    public boolean isConvertImages() {
        return convertImages;
    }

    /**
     * Whether a picture that the API doesn't take (another format than JPEG, CMYK, more than 6000 px) is made into a JPEG
     * that it does. If not, such a picture is an error before anything is spent.
     */
    public void setConvertImages(boolean convertImages) {
        this.convertImages = convertImages;
    }

    public boolean isPreserveMetadata() {
        return preserveMetadata;
    }

    /**
     * Whether the result gets the metadata of the original that it lacks: Exif, XMP, IPTC and the colour profile. That
     * includes where and by whom a picture was taken. If not, the result is what the platform sent, byte for byte.
     */
    public void setPreserveMetadata(boolean preserveMetadata) {
        this.preserveMetadata = preserveMetadata;
    }

    public double getMinimumCredit() {
        return minimumCredit;
    }

    /**
     * With fewer credits than that nothing is sent: a DewatermarkCreditException says so. The balance is looked up, which
     * is free, at most every 10 seconds. With 0 it isn't looked at.
     */
    public void setMinimumCredit(double minimumCredit) {
        this.minimumCredit = minimumCredit;
    }

    public boolean isWaitForCompletion() {
        return waitForCompletion;
    }

    /**
     * Whether to wait for the cleaned clip. If not, the message goes on, with the id of the task in a header and its
     * body as it was, as soon as the task is submitted.
     */
    public void setWaitForCompletion(boolean waitForCompletion) {
        this.waitForCompletion = waitForCompletion;
    }

    public long getPollInterval() {
        return pollInterval;
    }

    /**
     * The shortest time between two looks at a task.
     */
    public void setPollInterval(long pollInterval) {
        this.pollInterval = pollInterval;
    }

    public long getMaxPollInterval() {
        return maxPollInterval;
    }

    /**
     * The longest time between two looks at a task.
     */
    public void setMaxPollInterval(long maxPollInterval) {
        this.maxPollInterval = maxPollInterval;
    }

    public long getTaskTimeout() {
        return taskTimeout;
    }

    /**
     * How long to wait for a task. It goes on on the platform after that, and can be resumed by its id.
     */
    public void setTaskTimeout(long taskTimeout) {
        this.taskTimeout = taskTimeout;
    }

    public String getJournalDirectory() {
        return journalDirectory;
    }

    /**
     * A folder in which tasks are remembered, beyond the end of the process, from before they are charged until their
     * exchange is done: a clip that is seen again is resumed, not paid again. It is made if it isn't there.
     */
    public void setJournalDirectory(String journalDirectory) {
        this.journalDirectory = journalDirectory;
    }

    public TaskJournal getTaskJournal() {
        return taskJournal;
    }

    /**
     * Where tasks are remembered, in place of journalDirectory, such as a JdbcTaskJournal that several nodes share.
     */
    public void setTaskJournal(TaskJournal taskJournal) {
        this.taskJournal = taskJournal;
    }

    public long getMaxThrottleWait() {
        return maxThrottleWait;
    }

    /**
     * How long the platform may refuse a call with 429 (too many requests) or 503 (maintenance) before that becomes an
     * exception; until then the call is held back, without a thread waiting. While the platform takes other calls, one
     * that waits for its turn isn't refused, however long the queue is. With 0 a call never waits.
     */
    public void setMaxThrottleWait(long maxThrottleWait) {
        this.maxThrottleWait = maxThrottleWait;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /**
     * How long to wait for a connection.
     */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getResponseTimeout() {
        return responseTimeout;
    }

    /**
     * How long to wait for the next bytes of an answer.
     */
    public void setResponseTimeout(long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }
}
