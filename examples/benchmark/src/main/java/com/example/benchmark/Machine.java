package com.example.benchmark;

import java.lang.management.ManagementFactory;
import java.time.LocalDate;

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

    @Override
    public String toString() {
        return "%s, %d processors, %s, JDK %s; load before the run: %.1f"
                .formatted(date, processors, system, java, load);
    }
}
