package dev.claudometer.deploy;

import static java.time.ZoneOffset.UTC;

import java.math.BigDecimal;
import java.math.MathContext;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// Why the 11.2345 dollars that were billed today are not what was counted of {@link
/// SevenResponses}, by arithmetic.
final class BillOfToday {

  private static final BigDecimal BILLED = new BigDecimal("11.2345");

  private final SevenResponses responses;
  private final LocalDate today;

  BillOfToday(SevenResponses responses) {
    this.responses = responses;
    today = responses.now().atZone(UTC).toLocalDate();
  }

  /// In this month.
  BigDecimal counted() {
    return responses.cost(start(today.withDayOfMonth(1)), Instant.MAX);
  }

  private BigDecimal earlier(BigDecimal web) {
    return responses.cost(start(today.withDayOfMonth(1)), start(today)).subtract(web);
  }

  /// The search that is in the cost of a response is a line of its own in a bill.
  private BigDecimal earlierSearch() {
    Instant at = responses.searched();
    return at.isBefore(start(today)) && !at.isBefore(start(today.withDayOfMonth(1)))
        ? new BigDecimal("0.01")
        : BigDecimal.ZERO;
  }

  BigDecimal unknown() {
    return earlier(earlierSearch()).negate();
  }

  private Map<String, BigDecimal> parts() {
    Map<String, BigDecimal> parts = new TreeMap<>();
    parts.put("not_billed_yet", BILLED.subtract(responses.cost(start(today), Instant.MAX)));
    parts.put("unknown", unknown());
    if (earlierSearch().signum() != 0) {
      parts.put("web_searches", earlierSearch().negate());
    }
    return parts;
  }

  /// A line of the truth with what was worked out.
  String in(String line) {
    String causes =
        parts().entrySet().stream()
            .map(part -> part.getKey() + "=" + plain(part.getValue()))
            .collect(Collectors.joining(", "));
    return line.replace("{counted}", plain(counted()))
        .replace("{unknown}", plain(unknown()))
        .replace("{share}", plain(unknown().divide(BILLED, new MathContext(9))))
        .replace("{causes}", causes);
  }

  private static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }

  private static Instant start(LocalDate day) {
    return day.atStartOfDay(UTC).toInstant();
  }
}
