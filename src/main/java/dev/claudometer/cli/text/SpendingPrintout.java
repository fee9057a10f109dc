package dev.claudometer.cli.text;

import dev.claudometer.model.Usd;
import dev.claudometer.report.bill.MemberSpending;
import java.io.PrintStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What members may spend, in all forms.
public record SpendingPrintout(List<MemberSpending> members) implements Printout {

  private static final List<String> HEAD =
      List.of(
          "member",
          "name",
          "email",
          "period",
          "limitCost",
          "spentCost",
          "leftCost",
          "source",
          "at");

  @Override
  public Map<String, @Nullable Object> document() {
    var document = new LinkedHashMap<String, @Nullable Object>();
    document.put("members", AnswerDocument.value(members));
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
    if (members.isEmpty()) {
      out.println(
          "Nothing is known of spend limits: only Claude Enterprise and its gateway have them.");
      return;
    }
    TextTable table =
        TextTable.withColumns(List.of("Member", "Period", ">Limit", ">Spent", ">Left", "From"));
    for (MemberSpending member : members) {
      table.add(
          List.of(
              Printable.of(member.called()),
              Printable.of(member.period()),
              dollars(member.limitCost(), "none", style),
              style.dollars(member.spentCost()),
              dollars(member.leftCost(), "–", style),
              Printable.of(member.source())));
    }
    table.print(out, style);
  }

  private static String dollars(@Nullable Usd amount, String none, Style style) {
    if (amount == null) {
      return none;
    }
    return amount.nanos() < 0 ? "−" + style.dollars(Usd.ZERO.minus(amount)) : style.dollars(amount);
  }
}
