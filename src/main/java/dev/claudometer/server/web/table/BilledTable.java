package dev.claudometer.server.web.table;

import dev.claudometer.model.Usd;
import dev.claudometer.server.api.usage.OrganizationApi.Amounts;
import dev.claudometer.server.api.usage.OrganizationApi.Bucket;
import dev.claudometer.server.api.usage.OrganizationApi.Buckets;
import dev.claudometer.server.web.table.Table.Column;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// Sums of one of Anthropic's reports. What the report does not tell stays unknown.
public record BilledTable(String id, String caption, String key, Figures figures) {

  private record Sum(
      @Nullable Usd cost,
      @Nullable Long input,
      @Nullable Long output,
      @Nullable Long cacheWrite,
      @Nullable Long cacheRead) {

    static Sum of(Amounts amounts) {
      return new Sum(
          amounts.cost(),
          amounts.input(),
          amounts.output(),
          plus(amounts.cacheWrite5m(), amounts.cacheWrite1h()),
          amounts.cacheRead());
    }

    Sum plus(Sum other) {
      Usd more = other.cost;
      return new Sum(
          cost == null || more == null ? (cost == null ? more : cost) : cost.plus(more),
          plus(input, other.input),
          plus(output, other.output),
          plus(cacheWrite, other.cacheWrite),
          plus(cacheRead, other.cacheRead));
    }

    private static @Nullable Long plus(@Nullable Long one, @Nullable Long other) {
      if (one == null || other == null) {
        return one == null ? other : one;
      }
      return Math.addExact(one, other);
    }
  }

  public Table of(Buckets buckets, Function<Bucket, String> name) {
    Map<String, Sum> sums = new TreeMap<>();
    for (Bucket bucket : buckets.buckets()) {
      sums.merge(name.apply(bucket), Sum.of(bucket.amounts()), Sum::plus);
    }
    return Table.of(
        id,
        caption,
        List.of(
            Column.text(
                key,
                key.substring(0, 1).toUpperCase(Locale.ROOT) + key.substring(1).replace('_', ' ')),
            Column.number("costUsd", "Cost"),
            Column.number("inputTokens", "Input"),
            Column.number("outputTokens", "Output"),
            Column.number("cacheWriteTokens", "Cache write"),
            Column.number("cacheReadTokens", "Cache read")),
        sums.entrySet().stream().map(sum -> row(sum.getKey(), sum.getValue())).toList(),
        "Nothing is known of this period.");
  }

  private List<Cell> row(String name, Sum sum) {
    return List.of(
        Cell.name(name),
        sum.cost() == null ? Cell.unknown() : Cell.money(figures, sum.cost()),
        count(sum.input()),
        count(sum.output()),
        count(sum.cacheWrite()),
        count(sum.cacheRead()));
  }

  private static Cell count(@Nullable Long number) {
    return number == null ? Cell.unknown() : Cell.count(number);
  }
}
