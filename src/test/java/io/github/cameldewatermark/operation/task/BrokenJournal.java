package io.github.cameldewatermark.operation.task;

import io.github.cameldewatermark.client.Content;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.Entry;
import io.github.cameldewatermark.journal.Journal;
import io.github.cameldewatermark.journal.Ledger;
import io.github.cameldewatermark.journal.SpendingLimit;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** A journal that fails, as if its disk were gone, whenever somebody says so. */
class BrokenJournal implements Journal {

    private final Journal journal;
    private final Predicate<String> fails;

    /** @param fails whether a method fails, by its name */
    BrokenJournal(Journal journal, Predicate<String> fails) {
        this.journal = journal;
        this.fails = fails;
    }

    private Journal whole(String method) throws IOException {
        if (fails.test(method)) {
            throw new IOException("the disk is gone");
        }
        return journal;
    }

    @Override
    public Entry claim(String key, String operation, String name) throws IOException {
        return whole("claim").claim(key, operation, name);
    }

    @Override
    public Entry claimAgain(Entry known) {
        return journal.claimAgain(known);
    }

    @Override
    public void release(Entry entry) {
        journal.release(entry);
    }

    @Override
    public boolean isMine(Entry entry) {
        return journal.isMine(entry);
    }

    @Override
    public void change(Entry next) throws IOException {
        whole("change " + next.state()).change(next);
    }

    @Override
    public boolean replace(Entry found, Entry next) throws IOException {
        return whole("replace").replace(found, next);
    }

    @Override
    public void keep(Entry result, Map<String, Content> parts) throws IOException {
        whole("keep").keep(result, parts);
    }

    @Override
    public Content part(Entry result, String part) throws IOException {
        return whole("part").part(result, part);
    }

    @Override
    public List<Entry> latestResults(int most) throws IOException {
        return whole("latestResults").latestResults(most);
    }

    @Override
    public Content peek(String key, Instant since, String part) throws IOException {
        return whole("peek").peek(key, since, part);
    }

    @Override
    public void remove(Entry entry) throws IOException {
        whole("remove").remove(entry);
    }

    @Override
    public Room reserveRoom(long bytes) throws IOException {
        return whole("reserve").reserveRoom(bytes);
    }

    @Override
    public Ledger ledger() {
        return new Ledger() {

            @Override
            public Instant reserve(Charge charge, SpendingLimit limit) throws IOException {
                return whole("reserve " + charge.operation()).ledger().reserve(charge, limit);
            }

            @Override
            public Instant roomFor(BigDecimal credits, SpendingLimit limit) throws IOException {
                return whole("roomFor").ledger().roomFor(credits, limit);
            }

            @Override
            public BigDecimal spent(Duration period) throws IOException {
                return whole("spent").ledger().spent(period);
            }

            @Override
            public void charged(Charge charge) throws IOException {
                whole("charged").ledger().charged(charge);
            }

            @Override
            public boolean chargedOnce(Charge charge) throws IOException {
                return whole("chargedOnce").ledger().chargedOnce(charge);
            }
        };
    }

    @Override
    public void close() {
        if (journal != null) {
            journal.close();
        }
    }
}
