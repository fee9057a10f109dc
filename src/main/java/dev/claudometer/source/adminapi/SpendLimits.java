package dev.claudometer.source.adminapi;

import dev.claudometer.fetch.Answer;
import dev.claudometer.json.JsonValue;
import dev.claudometer.model.SpendLimit;
import dev.claudometer.model.Usd;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What members may spend, and have spent. Only Claude Enterprise has it, and the gateway of the
/// Claude apps, which tells it in the same way.
record SpendLimits(AdminApi api, Instant now) {

  static final String PATH = "spend_limits/effective";

  Answer<List<SpendLimit>> all() throws InterruptedException {
    return new Pages(api, PATH, "page", "next_page").all(List.of(Pages.LIMIT), this::limit);
  }

  private SpendLimit limit(JsonValue told) {
    JsonValue actor = told.at("actor");
    JsonValue currency = told.at("currency");
    return new SpendLimit(
        actor.at("user_id").textOr(told.at("scope").at("user_id").textOr("")),
        actor.at("name").textOr(""),
        actor.at("email_address").textOr(actor.at("email").textOr("")),
        told.at("period").text(),
        limit(told.at("amount"), currency),
        new Usd(Amounts.nanos(told.at("period_to_date_spend"), currency)),
        told.at("source").at("type").textOr(""),
        now);
  }

  private static @Nullable Usd limit(JsonValue amount, JsonValue currency) {
    return amount.absent() ? null : new Usd(Amounts.nanos(amount, currency));
  }
}
