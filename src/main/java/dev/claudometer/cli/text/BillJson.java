package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Bills as JSON and as CSV. What is unknown is `null` or an empty cell, and so is the total of
/// anything that lacks a part. Where a row lacks one, all have what is known beside it.
final class BillJson {

  private static final String KNOWN = "knownCost";

  private final BillReport bill;

  BillJson(BillReport bill) {
    this.bill = bill;
  }

  Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put(bill.name(), bill.rows().stream().map(this::row).toList());
    var totals = new LinkedHashMap<String, @Nullable Object>();
    for (int column = 0; column < bill.columns().size(); column++) {
      totals.put(
          bill.columns().get(column).key(),
          number(column, bill.complete(column) ? bill.sum(column) : null));
      if (known(column)) {
        totals.put(KNOWN, number(column, bill.sum(column)));
      }
    }
    document.put("totals", totals);
    return document;
  }

  private Map<String, @Nullable Object> row(BillReport.Row row) {
    var json = new LinkedHashMap<String, @Nullable Object>();
    json.put(bill.labelKey(), row.label());
    if (bill.by() != null) {
      json.put(bill.by().key(), row.group());
    }
    for (int column = 0; column < bill.columns().size(); column++) {
      Long value = row.values().get(column);
      json.put(
          bill.columns().get(column).key(),
          number(column, bill.complete(row, column) ? value : null));
      if (known(column)) {
        json.put(KNOWN, number(column, value));
      }
    }
    return json;
  }

  private boolean known(int column) {
    return bill.columns().get(column).money() && bill.partial();
  }

  private @Nullable Object number(int column, @Nullable Long value) {
    return value != null && bill.columns().get(column).money() ? new Usd(value).dollars() : value;
  }

  /// One line per row, with the names of the JSON's fields above them.
  Sheet sheet() {
    List<String> head = new ArrayList<>(List.of(bill.labelKey()));
    if (bill.by() != null) {
      head.add(bill.by().key());
    }
    bill.columns().forEach(column -> head.add(column.key()));
    if (bill.partial()) {
      head.add(KNOWN);
    }
    return Sheet.of(head, bill.rows().stream().map(this::row).toList());
  }
}
