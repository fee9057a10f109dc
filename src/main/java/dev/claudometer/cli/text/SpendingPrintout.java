package dev.claudometer.cli.text;

import dev.claudometer.model.CreditReading;
import dev.claudometer.model.Usd;
import dev.claudometer.report.bill.ConfiguredLimit;
import dev.claudometer.report.bill.MemberSpending;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What members may spend and the limits that are configured, in all forms. CSV has the members.
public record SpendingPrintout(List<MemberSpending> members, List<ConfiguredLimit> configured)
    implements Printout {

  private static final List<String> HEAD =
      List.of(
          "member",
          "name",
          "email",
          "period",
          "limitCost",
          "spentCost",
          "leftCost",
          "currency",
          "source",
          "at");

  @Override
  public Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("members", AnswerDocument.value(members));
    document.put("configured", AnswerDocument.value(configured));
    return document;
  }

  @Override
  public Sheet sheet() {
    var sheet = new Sheet(HEAD);
    for (MemberSpending member : members) {
      List<@Nullable Object> line = new ArrayList<>();
      line.addAll(List.of(member.member(), member.name(), member.email(), member.period()));
      line.add(dollars(member.limitCost()));
      line.add(dollars(member.spentCost()));
      line.add(dollars(member.leftCost()));
      line.add(member.currency());
      line.add(member.source());
      line.add(member.at());
      sheet.add(line);
    }
    return sheet;
  }

  private static @Nullable BigDecimal dollars(@Nullable Usd amount) {
    return amount == null ? null : amount.dollars();
  }

  @Override
  public void table(PrintStream out, Style style) {
    if (members.isEmpty() && configured.isEmpty()) {
      out.println("Nothing is known of spend limits: only Claude Enterprise has them.");
    }
    if (!members.isEmpty()) {
      members(style).print(out, style);
    }
    if (!configured.isEmpty()) {
      out.println(members.isEmpty() ? "Configured:" : "\nConfigured:");
      configured(style).print(out, style);
    }
  }

  private TextTable members(Style style) {
    TextTable table =
        TextTable.withColumns(List.of("Member", "Period", ">Limit", ">Spent", ">Left", "From"));
    for (MemberSpending member : members) {
      table.add(
          List.of(
              Printable.of(member.called()),
              Printable.of(member.period()),
              amount(member.limitCost(), member.currency(), "none", style),
              amount(member.spentCost(), member.currency(), "–", style),
              amount(member.leftCost(), member.currency(), "–", style),
              Printable.of(member.source())));
    }
    return table;
  }

  private TextTable configured(Style style) {
    TextTable table = TextTable.withColumns(List.of("For", "", "Period", ">Limit", ""));
    for (ConfiguredLimit limit : configured) {
      table.add(
          List.of(
              Printable.of(limit.scope().replace('_', ' ')),
              Printable.of(limit.name()),
              Printable.of(limit.period()),
              amount(limit.limitCost(), limit.currency(), "none", style),
              limit.enabled() ? "" : "switched off"));
    }
    return table;
  }

  /// `$500.00`, `−$12.50`, `50,000 JPY`.
  private static String amount(@Nullable Usd amount, String currency, String none, Style style) {
    if (amount == null) {
      return none;
    }
    Usd size = amount.nanos() < 0 ? Usd.ZERO.minus(amount) : amount;
    String sign = amount.nanos() < 0 ? "−" : "";
    return sign
        + (currency.equals(CreditReading.DOLLARS)
            ? style.dollars(size)
            : style.amount(size.dollars(), CreditReading.decimals(currency))
                + " "
                + Printable.of(currency));
  }
}
