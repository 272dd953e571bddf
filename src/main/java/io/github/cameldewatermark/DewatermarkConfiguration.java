package io.github.cameldewatermark;

import io.github.cameldewatermark.client.DewatermarkClientBuilder;
import io.github.cameldewatermark.client.EraseModel;
import io.github.cameldewatermark.journal.Journal;
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

    // neither this nor predictMode has a list of values, as the vendor may add some
    @UriParam(label = "erase", defaultValue = "v2")
    private String apiVersion = EraseModel.DEFAULT.apiVersion();

    @UriParam(label = "erase")
    private String predictMode;

    @UriParam(label = "erase", defaultValue = "false")
    private boolean pro;

    @UriParam(label = "common")
    @Metadata(supportFileReference = true)
    private String maskBrush;

    @UriParam(label = "common")
    private String maskRegion;

    @UriParam(label = "erase", defaultValue = "true")
    private boolean scaleRefinement = true;

    @UriParam(label = "erase", defaultValue = "true")
    private boolean convertImages = true;

    @UriParam(label = "erase", defaultValue = "true")
    private boolean preserveMetadata = true;

    @UriParam(label = "common", defaultValue = "0")
    private double minimumCredit;

    @UriParam(label = "common")
    private String maximumSpend;

    @UriParam(label = "erase", defaultValue = "false")
    private boolean thumbnails;

    @UriParam(label = "task", defaultValue = "true")
    private boolean waitForCompletion = true;

    @UriParam(label = "task", javaType = "java.time.Duration", defaultValue = "2000")
    private long pollInterval = 2_000;

    @UriParam(label = "task", javaType = "java.time.Duration", defaultValue = "30000")
    private long maxPollInterval = 30_000;

    @UriParam(label = "task", javaType = "java.time.Duration", defaultValue = "3600000")
    private long taskTimeout = 3_600_000;

    @UriParam(label = "common")
    private String journalDirectory;

    @UriParam(label = "common", javaType = "java.time.Duration", defaultValue = "86400000")
    private long resultRetention = 86_400_000;

    @UriParam(label = "common", defaultValue = "2GB")
    private String journalMaxSize = "2GB";

    @UriParam(label = "advanced")
    private Journal journal;

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

    /** The API key of the Dewatermark account. It is required, on the endpoint or on the component. */
    public void setApiKey(String apiKey) {
        this.apiKey = apiKey;
    }

    public String getBaseUrl() {
        return baseUrl;
    }

    /** The base URL of the platform. */
    public void setBaseUrl(String baseUrl) {
        this.baseUrl = baseUrl;
    }

    public boolean isRemoveText() {
        return removeText;
    }

    /** Whether to remove text, too. This may remove all text of the picture. */
    public void setRemoveText(boolean removeText) {
        this.removeText = removeText;
    }

    public String getApiVersion() {
        return apiVersion;
    }

    /** The version of the erase call: v2 or v3. v3 is the vendor's later one, better for high resolutions. */
    public void setApiVersion(String apiVersion) {
        this.apiVersion = apiVersion;
    }

    public boolean isPro() {
        return pro;
    }

    /**
     * Whether the PRO model cleans the pictures, which costs more (creditsPerProPicture). It takes nothing but the picture: no brush,
     * no removeText, no predictMode.
     */
    public void setPro(boolean pro) {
        this.pro = pro;
    }

    public String getPredictMode() {
        return predictMode;
    }

    /**
     * The model: 4.0 (only with apiVersion=v3, and the default there), 3.0 for most cases (the default with v2), old for emoji. 2.0 is
     * another name of old.
     */
    public void setPredictMode(String predictMode) {
        this.predictMode = predictMode;
    }

    public String getMaskBrush() {
        return maskBrush;
    }

    /**
     * What to erase from every picture or clip, as a picture that is white where to erase. It must have the shape of the
     * pictures or clips, and is scaled to each of them. It is read from the classpath, a file or the registry (prefix
     * classpath:, file: or ref:), once, when the route starts. Without it, the server looks for the watermark.
     */
    public void setMaskBrush(String maskBrush) {
        this.maskBrush = maskBrush;
    }

    public String getMaskRegion() {
        return maskRegion;
    }

    /**
     * What to erase from every picture or clip, as rectangles, instead of maskBrush: x,y,w,h or anchor:wxh, such as
     * bottom-right:30%x12%. Each value is in px or in % of the picture. The anchors are top-left, top, top-right, left,
     * center, right, bottom-left, bottom and bottom-right. Several rectangles are separated by a semicolon.
     */
    public void setMaskRegion(String maskRegion) {
        this.maskRegion = maskRegion;
    }

    public boolean isScaleRefinement() {
        return scaleRefinement;
    }

    /** Whether to refine a picture of more than 1920 px by a smaller copy. If not, such a picture is refused. */
    public void setScaleRefinement(boolean scaleRefinement) {
        this.scaleRefinement = scaleRefinement;
    }

    public boolean isConvertImages() {
        return convertImages;
    }

    /** Whether to convert a picture that the API doesn't take into a JPEG that it takes. If not, it is refused. */
    public void setConvertImages(boolean convertImages) {
        this.convertImages = convertImages;
    }

    public boolean isPreserveMetadata() {
        return preserveMetadata;
    }

    /**
     * Whether to copy Exif, XMP, IPTC and colour profile of the original to the result, as far as it lacks them. They
     * may tell where and by whom a picture was taken. If not, the result is what the platform sent.
     */
    public void setPreserveMetadata(boolean preserveMetadata) {
        this.preserveMetadata = preserveMetadata;
    }

    public double getMinimumCredit() {
        return minimumCredit;
    }

    /**
     * The number of credits that must be left. With fewer, nothing is sent, and the exchange fails with a
     * DewatermarkCreditException. With 0 the balance isn't looked up, otherwise at most every 10 seconds, for free.
     */
    public void setMinimumCredit(double minimumCredit) {
        this.minimumCredit = minimumCredit;
    }

    public String getMaximumSpend() {
        return maximumSpend;
    }

    /**
     * How many credits may be spent in any span of a time, such as 200/1d or 20/1h. Beyond that nothing is sent, and the exchange fails
     * with a DewatermarkCreditException. All in the ledger of the journal counts; without a journal, what this process pays.
     */
    public void setMaximumSpend(String maximumSpend) {
        this.maximumSpend = maximumSpend;
    }

    public boolean isThumbnails() {
        return thumbnails;
    }

    /**
     * Whether to keep a small copy of the original in the journal, for the status page, which shows it beside the result. It takes some
     * milliseconds and kilobytes.
     */
    public void setThumbnails(boolean thumbnails) {
        this.thumbnails = thumbnails;
    }

    public boolean isWaitForCompletion() {
        return waitForCompletion;
    }

    /** Whether to wait for the clip or PDF. If not, the exchange goes on as soon as its task is submitted, and has its id in a header. */
    public void setWaitForCompletion(boolean waitForCompletion) {
        this.waitForCompletion = waitForCompletion;
    }

    public long getPollInterval() {
        return pollInterval;
    }

    /** The shortest time between two polls of a task. */
    public void setPollInterval(long pollInterval) {
        this.pollInterval = pollInterval;
    }

    public long getMaxPollInterval() {
        return maxPollInterval;
    }

    /** The longest time between two polls of a task. */
    public void setMaxPollInterval(long maxPollInterval) {
        this.maxPollInterval = maxPollInterval;
    }

    public long getTaskTimeout() {
        return taskTimeout;
    }

    /** How long to wait for a task. After that the task continues on the platform, and can be resumed by its id. */
    public void setTaskTimeout(long taskTimeout) {
        this.taskTimeout = taskTimeout;
    }

    public String getJournalDirectory() {
        return journalDirectory;
    }

    /**
     * A folder that remembers what is paid, beyond the end of the process: the answers to pictures, and the tasks of
     * clips and PDFs. The same content isn't paid again. The folder is created if it doesn't exist.
     */
    public void setJournalDirectory(String journalDirectory) {
        this.journalDirectory = journalDirectory;
    }

    public long getResultRetention() {
        return resultRetention;
    }

    /** How long after its last use a result in the journal serves the same content again, for nothing. */
    public void setResultRetention(long resultRetention) {
        this.resultRetention = resultRetention;
    }

    public String getJournalMaxSize() {
        return journalMaxSize;
    }

    /** How much room the answers in the journal may take, such as 500MB. Those used longest ago are removed first. */
    public void setJournalMaxSize(String journalMaxSize) {
        this.journalMaxSize = journalMaxSize;
    }

    public Journal getJournal() {
        return journal;
    }

    /** A journal of your own instead of journalDirectory, such as a JdbcJournal that several nodes share. */
    public void setJournal(Journal journal) {
        this.journal = journal;
    }

    public long getMaxThrottleWait() {
        return maxThrottleWait;
    }

    /**
     * How long to wait while the platform refuses a call with 429 (too many requests) or 503 (maintenance). No thread
     * is held during that time. After it the exchange fails. While the platform takes other calls, a call that waits
     * for its turn doesn't fail, however long the queue is. With 0 a call never waits.
     */
    public void setMaxThrottleWait(long maxThrottleWait) {
        this.maxThrottleWait = maxThrottleWait;
    }

    public long getConnectTimeout() {
        return connectTimeout;
    }

    /** How long to wait for a connection. */
    public void setConnectTimeout(long connectTimeout) {
        this.connectTimeout = connectTimeout;
    }

    public long getResponseTimeout() {
        return responseTimeout;
    }

    /** How long to wait for the next bytes of an answer. */
    public void setResponseTimeout(long responseTimeout) {
        this.responseTimeout = responseTimeout;
    }
}
