package dev.claudometer.pricing;

import dev.claudometer.json.BadJson;
import dev.claudometer.json.JsonValue;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.List;

/// Reads a price book from a file: see `prices.json` beside this class.
final class PriceFile {

  private static final BigDecimal DEAREST = new BigDecimal(10_000);

  private PriceFile() {}

  /// @param place names the content in messages
  /// @throws PriceFileException where it cannot be read or is not a price book; nothing of it is
  ///   used
  static PriceBook read(InputStream in, String place) {
    try {
      return book(JsonValue.parse(in.readAllBytes()));
    } catch (BadJson wrong) {
      throw new PriceFileException(
          place
              + " is not a price book: "
              + wrong.getMessage()
              + "; 'claudometer prices update --reset' goes back to the built-in prices",
          wrong);
    } catch (IOException failure) {
      throw new PriceFileException("cannot read " + place, failure);
    }
  }

  /// The first of the month that the prices are of.
  static Instant asOf(InputStream in) throws IOException {
    return YearMonth.parse(JsonValue.field(in, "asOf").text())
        .atDay(1)
        .atStartOfDay(ZoneOffset.UTC)
        .toInstant();
  }

  private static PriceBook book(JsonValue file) {
    List<ModelPrice> rows = file.at("models").elements().stream().map(PriceFile::model).toList();
    if (rows.isEmpty()) {
      throw file.at("models").wrong("a list of models");
    }
    return new PriceBook(rows);
  }

  private static ModelPrice model(JsonValue model) {
    List<PricePeriod> periods =
        model.at("periods").elements().stream().map(PriceFile::period).toList();
    if (periods.isEmpty() || periods.getLast().until() != null) {
      throw model.at("periods").wrong("a list whose last period has no 'until'");
    }
    return new ModelPrice(
        name(model.at("id")),
        model.at("aliases").elements().stream().map(PriceFile::name).toList(),
        model.at("source").textOr(""),
        periods);
  }

  private static String name(JsonValue name) {
    if (name.exactText().isBlank()) {
      throw name.wrong("a name");
    }
    return name.exactText();
  }

  private static PricePeriod period(JsonValue period) {
    JsonValue until = period.at("until");
    JsonValue fast = period.at("fast");
    return new PricePeriod(
        until.absent() ? null : day(until), tariff(period), fast.absent() ? null : tariff(fast));
  }

  private static Instant day(JsonValue day) {
    try {
      return LocalDate.parse(day.exactText()).atStartOfDay(ZoneOffset.UTC).toInstant();
    } catch (DateTimeException notADay) {
      throw day.wrong("a date such as 2026-10-07");
    }
  }

  private static Tariff tariff(JsonValue tariff) {
    Rates rates = rates(tariff.at("rates"));
    JsonValue tier = tariff.at("tier");
    return tier.absent()
        ? new Tariff(rates, 0, null)
        : new Tariff(rates, tokens(tier.at("promptOver")), rates(tier.at("rates")));
  }

  private static long tokens(JsonValue tokens) {
    if (tokens.count() == 0) {
      throw tokens.wrong("a number of tokens");
    }
    return tokens.count();
  }

  private static Rates rates(JsonValue rates) {
    if (rates.absent()) {
      throw rates.wrong("an object with rates");
    }
    return new Rates(
        rate(rates.at("input")),
        rate(rates.at("output")),
        rate(rates.at("cacheWrite5m")),
        rate(rates.at("cacheWrite1h")),
        rate(rates.at("cacheRead")));
  }

  /// Dollars per million tokens as picodollars per token; unknown where there is nothing.
  ///
  /// @throws BadJson where it is no such price
  static long rate(JsonValue rate) {
    if (rate.absent()) {
      return Rates.UNKNOWN;
    }
    BigDecimal dollars = rate.decimal();
    if (dollars.signum() < 0
        || dollars.compareTo(DEAREST) > 0
        || dollars.stripTrailingZeros().scale() > 6) {
      throw rate.wrong("dollars per million tokens");
    }
    return dollars.movePointRight(6).longValueExact();
  }
}
