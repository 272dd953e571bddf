package io.github.cameldewatermark.observe.page;

import io.github.cameldewatermark.AccountRoutePolicy;
import io.github.cameldewatermark.DewatermarkComponent;
import io.github.cameldewatermark.error.Credits;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.folder.FolderJournal;
import io.github.cameldewatermark.observe.ExchangeStatistics.FailedFile;
import io.github.cameldewatermark.task.TasksInFlight;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;

/**
 * What all dewatermark components of a context are doing and have done.
 *
 * @param now       when that was
 * @param problem   why something waits, or isn't known; {@code null} if all is well
 * @param exchanges how many are being worked on
 * @param waiting   how many of these wait for their turn
 * @param tasks     the tasks that are being waited for, the oldest first
 * @param results   the last answers in the journals, the latest first
 * @param failures  the last failures since the start, the latest first
 * @param available the credits that are left; {@code null} if that isn't known
 * @param allowed   the credits that a limit still allows; {@code null} if there is none
 * @param days      the credits that were spent on each of the last days, also those without any
 */
record Status(
        ZonedDateTime now,
        String problem,
        int exchanges,
        int waiting,
        List<TasksInFlight.Snapshot> tasks,
        List<Entry> results,
        List<FailedFile> failures,
        BigDecimal available,
        BigDecimal allowed,
        NavigableMap<LocalDate, BigDecimal> days) {

    static final int DAYS = 31;

    private static final int MOST_RESULTS = 12;

    static Status of(CamelContext context, ZoneId zone) {
        ZonedDateTime now = ZonedDateTime.now(zone);
        List<DewatermarkComponent> components = components(context);
        List<String> problems = new ArrayList<>();
        List<Entry> results = new ArrayList<>();
        NavigableMap<LocalDate, BigDecimal> days = lastDays(now.toLocalDate());
        for (Journal journal : journals(context)) {
            try {
                results.addAll(journal.latestResults(MOST_RESULTS));
                journal.ledger()
                        .perDay(days.firstKey(), zone)
                        .forEach((day, credits) -> days.computeIfPresent(day, (same, sum) -> sum.add(credits)));
            } catch (IOException e) {
                problems.add("The journal can't be read: " + e.getMessage());
            }
        }
        String suspended = AccountRoutePolicy.suspended(context);
        if (suspended != null) {
            problems.add(suspended);
        }
        List<FailedFile> failures =
                all(components, component -> component.activity().exchanges().latestFailures().stream());
        return new Status(
                now,
                problems.isEmpty() ? null : String.join(" ", problems),
                components.stream()
                        .mapToInt(DewatermarkComponent::getInflightExchanges)
                        .sum(),
                components.stream()
                        .mapToInt(DewatermarkComponent::getWaitingExchanges)
                        .sum(),
                all(components, component -> component.tasksInFlight().stream()),
                latest(results, Entry::since).subList(0, Math.min(MOST_RESULTS, results.size())),
                latest(failures, FailedFile::time),
                Credits.least(components.stream().map(DewatermarkComponent::getCreditsAvailable)),
                Credits.least(components.stream().map(DewatermarkComponent::getSpendingLeft)),
                days);
    }

    private static NavigableMap<LocalDate, BigDecimal> lastDays(LocalDate today) {
        NavigableMap<LocalDate, BigDecimal> days = new TreeMap<>();
        today.minusDays(DAYS - 1).datesUntil(today.plusDays(1)).forEach(day -> days.put(day, BigDecimal.ZERO));
        return days;
    }

    private static <T> List<T> all(
            List<DewatermarkComponent> components, Function<DewatermarkComponent, Stream<T>> of) {
        return components.stream().flatMap(of).toList();
    }

    private static <T> List<T> latest(List<T> items, Function<T, Instant> time) {
        return items.stream().sorted(Comparator.comparing(time).reversed()).toList();
    }

    /** Each component opens a folder for itself, and the same folder has the same name. */
    static List<Journal> journals(CamelContext context) {
        Map<Object, Journal> journals = new LinkedHashMap<>();
        for (Journal journal : all(components(context), component -> component.journals().stream())) {
            journals.putIfAbsent(journal instanceof FolderJournal ? journal.toString() : journal, journal);
        }
        return List.copyOf(journals.values());
    }

    private static List<DewatermarkComponent> components(CamelContext context) {
        return DewatermarkComponent.all(context).values().stream().distinct().toList();
    }

    BigDecimal today() {
        return days.get(days.lastKey());
    }

    BigDecimal thisMonth() {
        return days.tailMap(now.toLocalDate().withDayOfMonth(1)).values().stream()
                .reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
