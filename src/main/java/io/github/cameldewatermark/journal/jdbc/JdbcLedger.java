package io.github.cameldewatermark.journal.jdbc;

import io.github.cameldewatermark.error.Billed;
import io.github.cameldewatermark.journal.Charge;
import io.github.cameldewatermark.journal.JournalText;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneOffset;

/** A table with a row for each charge. There is one for each attempt to pay, as its reference is the key. */
final class JdbcLedger {

    private static final int LENGTH = 255;

    private final Jdbc jdbc;
    private final String table;

    JdbcLedger(Jdbc jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /** Writes a row, unless it is there. What may have been charged can still turn out to be charged, or not to be. */
    void write(Charge charge) throws IOException {
        jdbc.atomically(table, connection -> {
            write(connection, charge);
            return null;
        });
    }

    /** Does the same as a part of a transaction, which has to be repeated if somebody else has written the row meanwhile. */
    void write(Connection connection, Charge charge) throws SQLException {
        String reference = ascii(charge.reference());
        boolean isThere = !Jdbc.query(
                        connection,
                        row -> row.getString(1),
                        "SELECT REFERENCE FROM " + table + " WHERE REFERENCE = ?",
                        reference)
                .isEmpty();
        if (!isThere) {
            Jdbc.update(
                    connection,
                    "INSERT INTO " + table + " (REFERENCE, SENT, OPERATION, FILE_NAME, CREDITS, BILLED, ID)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    reference,
                    charge.time().atOffset(ZoneOffset.UTC),
                    ascii(charge.operation()),
                    ascii(charge.name()),
                    charge.credits(),
                    charge.billed().name(),
                    ascii(charge.id()));
        } else if (charge.billed() != Billed.UNKNOWN) {
            Jdbc.update(
                    connection,
                    "UPDATE " + table
                            + " SET BILLED = ?, CREDITS = ?, ID = ? WHERE REFERENCE = ? AND BILLED = 'UNKNOWN'",
                    charge.billed().name(),
                    charge.credits(),
                    ascii(charge.id()),
                    reference);
        }
    }

    private static String ascii(String text) {
        return JournalText.ascii(text, LENGTH);
    }
}
