package dev.claudometer.source.adminapi;

import dev.claudometer.fetch.Answer;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.CreditReading;
import dev.claudometer.model.SpendCap;
import dev.claudometer.model.SpendLimit;
import dev.claudometer.model.Usd;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// What members may spend, and have spent, and the limits that are configured. Claude Enterprise
/// has both, and the gateway of the Claude apps, which tells them in the same way; a Console
/// organisation may have limits.
record SpendLimits(AdminApi api, Instant now) {

  static final String CONFIGURED = "spend_limits";

  private static final String EFFECTIVE = "spend_limits/effective";

  Answer<List<SpendLimit>> all() throws InterruptedException {
    return new Pages(api, EFFECTIVE, "page", "next_page").all(List.of(Pages.LIMIT), this::limit);
  }

  private SpendLimit limit(JsonValue told) {
    JsonValue actor = told.at("actor");
    String currency = told.at("currency").textOr(CreditReading.DOLLARS);
    return new SpendLimit(
        actor.at("user_id").textOr(told.at("scope").at("user_id").textOr("")),
        actor.at("name").textOr(""),
        actor.at("email_address").textOr(actor.at("email").textOr("")),
        told.at("period").text(),
        amount(told.at("amount"), currency),
        amount(told.at("period_to_date_spend"), currency),
        currency,
        told.at("source").at("type").textOr(""),
        now);
  }

  private static @Nullable Usd amount(JsonValue amount, String currency) {
    return amount.absent() ? null : new Usd(Amounts.nanosOf(amount, currency));
  }

  Answer<List<SpendCap>> configured() throws InterruptedException {
    return new Pages(api, CONFIGURED, "page", "next_page").all(List.of(Pages.LIMIT), this::cap);
  }

  private SpendCap cap(JsonValue told) {
    JsonValue scope = told.at("scope");
    String currency = told.at("currency").textOr(CreditReading.DOLLARS);
    return new SpendCap(
        told.at("id").text(),
        scope.at("type").text(),
        holder(scope),
        told.at("period").text(),
        amount(told.at("amount"), currency),
        currency,
        told.at("is_enabled").truth(true),
        now);
  }

  /// Whom a scope is of: each kind has a field of its own. Of one that is new nothing is known but
  /// its name.
  private static String holder(JsonValue scope) {
    return Stream.of("user_id", "rbac_group_id", "seat_tier", "service", "workspace_id")
        .map(field -> scope.at(field).textOr(""))
        .filter(text -> !text.isEmpty())
        .findFirst()
        .orElse("");
  }
}
