package com.example.benchmark;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where it was measured, as far as that matters.
 *
 * @param load average of the system before the run; negative if that isn't known
 */
record Machine(LocalDate date, int processors, String java, String system, double load) {

    static Machine now() {
        return new Machine(
                LocalDate.now(),
                Runtime.getRuntime().availableProcessors(),
                System.getProperty("java.version"),
                System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    Map<String, Object> json() {
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("date", date.toString());
        all.put("processors", processors);
        all.put("java", java);
        all.put("system", system);
        all.put("loadBefore", load);
        return all;
    }

    @Override
    public String toString() {
        return "%s, %d processors, %s, JDK %s; load before the run: %.1f"
                .formatted(date, processors, system, java, load);
    }
}
